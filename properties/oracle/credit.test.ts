import { describe, expect, test } from 'vitest';
import { anyChange, anyRefusal } from '../../model/describe/blame.ts';
import { remembered } from '../../model/describe/constants.ts';
import { at, introduced, linked, tables } from '../../model/testing/worlds.ts';
import type { Interface, World } from '../../model/world.ts';
import { creditLook } from './credit.ts';
import { Evidence } from './evidence.ts';

/** The rules that a look bears out which turns ri-a, as it was in `before`, into what `seen` says. */
function credited(before: World, seen: Partial<Interface>): Set<string> {
  const evidence = new Evidence();
  const interfaces = before.interfaces.map((each) => (each.id === 'ri-a' ? { ...each, ...seen } : each));
  creditLook(evidence, tables, 'list', before, { ...before, interfaces });
  return new Set(evidence.rules.keys());
}

describe('a look that conforms', () => {
  test('credits nothing for an interface that it taught nothing about', () => {
    const evidence = new Evidence();
    const before = linked();
    creditLook(evidence, tables, 'list', before, before);
    expect(evidence.rules.size).toBe(0);
  });

  test('credits the rules on the words that were shown', () => {
    const rules = credited(introduced(), { news: 0 });
    for (const rule of ['R31', 'R83', 'R85']) expect(rules).toContain(rule);
  });

  test('credits the default name where there was none', () => {
    expect(credited(introduced(), { news: 0 })).toContain('R15');
    expect(credited(introduced({ name: 'edge' }), { news: 0 })).not.toContain('R15');
  });

  test('credits that fields stay as they are where the same view had shown them before', () => {
    const [anInterface] = introduced().interfaces as [Interface];
    const shown = remembered(anInterface, anInterface, {}, 'list').list;
    expect(credited(introduced(), { news: 0 })).not.toContain('P7');
    expect(credited(introduced({ shown: { list: shown, attribute: null } }), { news: 0 })).toContain('P7');
    expect(credited(introduced({ shown: { list: null, attribute: shown } }), { news: 0 })).not.toContain(
      'P7',
    );
  });

  test('credits that refusals change nothing where there was nothing but refusals', () => {
    expect(credited(introduced({ news: anyRefusal }), { news: 0 })).toContain('R44');
    expect(credited(introduced({ news: anyRefusal | anyChange }), { news: 0 })).not.toContain('R44');
    expect(credited(introduced({ news: anyChange }), { news: 0 })).not.toContain('R44');
  });

  test('credits the mirror of a connected pair', () => {
    expect(credited(linked(), { news: 0 })).toContain('R86');
    expect(credited(linked('Inactive.frozen'), { news: 0 })).not.toContain('R86');
    expect(credited(introduced({ states: at('Active.linked') }), { news: 0 })).not.toContain('R86');
  });

  test('credits that transitions end where one was under way', () => {
    expect(credited(linked('Deactivating'), { states: at('Inactive.frozen') })).toContain('P2');
    expect(credited(linked('Inactive.frozen'), { news: 0 })).not.toContain('P2');
  });

  test('credits that nothing interferes where somebody else was there to', () => {
    const strangers = introduced({ news: 1 });
    expect(credited(strangers, { news: 0 })).toContain('P1');
    expect(credited(linked('Inactive.frozen'), { news: 0 })).not.toContain('P1');
    expect(credited(strangers, { news: 2 })).not.toContain('P1');
  });
});
