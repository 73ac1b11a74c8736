import { textOf } from '../../model/text.ts';
import { describe, expect, test } from 'vitest';
import type { CallCommand, Command } from '../../model/vocabulary.ts';
import type { Finding } from '../oracle/verdict.ts';
import type { Sequence } from '../sequence.ts';
import { covers, isSame } from './same.ts';
import { type Attempt, shrink } from './shrink.ts';

/** A command that stands for itself. */
const step = (name: string, args: CallCommand['args'] = {}): CallCommand => ({
  kind: 'call',
  operation: 'DescribeRouterInterfaces',
  args: { Name: name, ...args },
});
const nameOf = (command: Command): string =>
  command.kind === 'call' ? textOf(command.args['Name']) : command.kind;
const namesOf = ({ commands }: Sequence): string => commands.map(nameOf).join('');

const sequenceOf = (names: string): Sequence => ({
  commands: Array.from(names, (name) => step(name)),
  routers: 2,
  exclusive: false,
});

const finding = (rules: readonly string[], fingerprint = `accepted|Connect|${rules.join('+')}`): Finding => ({
  kind: 'accepted',
  operation: 'Connect',
  rules,
  expected: 'refusal',
  observed: 'success',
  fingerprint,
});
const wanted = finding(['R33']);

/** Runs candidates by asking `shows` at which step, if any, a finding shows; notes what was tried. */
function runner(shows: (names: string) => readonly (readonly [number, Finding])[]): {
  run: (candidate: Sequence) => Promise<Attempt>;
  tried: string[];
} {
  const tried: string[] = [];
  return {
    tried,
    run: (candidate) => {
      const names = namesOf(candidate);
      tried.push(names);
      return Promise.resolve({
        cost: names.length,
        findings: shows(names).map(([at, each]) => ({ finding: each, step: at })),
      });
    },
  };
}

/** Shows `wanted` at the last letter of `needed`, if all of them are there in this order. */
const needs =
  (needed: string) =>
  (names: string): readonly (readonly [number, Finding])[] => {
    let at = -1;
    for (const letter of needed) {
      at = names.indexOf(letter, at + 1);
      if (at === -1) return [];
    }
    return [[at, wanted]];
  };

const plenty = 100_000;

describe('Shrinking', () => {
  test.each([
    ['the last command alone', 'abcdefgx', 'x'],
    ['one early command', 'aXbcdefgx', 'Xx'],
    ['commands that lie apart', 'aXbcYdefZgx', 'XYZx'],
    ['everything', 'XYZx', 'XYZx'],
    [
      'a hundred commands of which three matter',
      `${'a'.repeat(40)}X${'b'.repeat(40)}Y${'c'.repeat(18)}x`,
      'XYx',
    ],
  ])('keeps only what matters: %s', async (_what, names, needed) => {
    const { run } = runner(needs(needed));
    const short = await shrink(sequenceOf(names), names.length - 1, wanted, plenty, run);
    expect(namesOf(short.sequence)).toBe(needed);
    expect(short.reproduced).toBe(true);
    expect(short.finding).toBe(wanted);
  });

  test('cuts everything after the step that shows it before anything else', async () => {
    const { run, tried } = runner(needs('x'));
    await shrink(sequenceOf('axbbbb'), 1, wanted, plenty, run);
    expect(tried[0]).toBe('ax');
  });

  test('cuts after an earlier step at which it shows as well', async () => {
    const { run } = runner((names) => (names.includes('y') ? [[names.indexOf('y'), wanted]] : []));
    const short = await shrink(sequenceOf('ayabcx'), 5, wanted, plenty, run);
    expect(namesOf(short.sequence)).toBe('y');
  });

  test('drops two commands that need each other', async () => {
    // A lock and its release: without the one, the other makes the divergence go away.
    const { run } = runner((names) =>
      names.includes('(') === names.includes(')') && names.endsWith('x') ? [[names.length - 1, wanted]] : [],
    );
    const short = await shrink(sequenceOf('a(b)x'), 4, wanted, plenty, run);
    expect(namesOf(short.sequence)).toBe('x');
  });

  test('says so when it does not show again, and keeps what there was', async () => {
    const { run, tried } = runner(() => []);
    const short = await shrink(sequenceOf('abx'), 2, wanted, plenty, run);
    expect(short).toMatchObject({ reproduced: false, cost: 3, finding: wanted });
    expect(namesOf(short.sequence)).toBe('abx');
    expect(tried).toEqual(['abx']);
  });

  test('takes no other divergence for the one that was wanted', async () => {
    const other = finding(['R34']);
    const { run } = runner((names) => {
      const last = names.length - 1;
      return names.includes('X') ? [[last, wanted]] : [[last, other]];
    });
    const short = await shrink(sequenceOf('abXcx'), 4, wanted, plenty, run);
    expect(namesOf(short.sequence)).toContain('X');
    expect(short.finding.rules).toEqual(['R33']);
  });

  test('goes over to the same divergence with fewer rules, and never back', async () => {
    const both = finding(['R33', 'R34']);
    const { run } = runner((names) =>
      names.endsWith('x') ? [[names.length - 1, names.includes('X') ? both : wanted]] : [],
    );
    const short = await shrink(sequenceOf('aXbx'), 3, both, plenty, run);
    expect(namesOf(short.sequence)).toBe('x');
    expect(short.finding).toBe(wanted);
  });

  test('stops when the budget is used up, with the best so far', async () => {
    const { run, tried } = runner(needs('XYx'));
    const names = `${'a'.repeat(30)}X${'b'.repeat(30)}Y${'c'.repeat(30)}x`;
    const short = await shrink(sequenceOf(names), names.length - 1, wanted, 200, run);
    expect(short.reproduced).toBe(true);
    expect(short.cost).toBe(tried.reduce((sum, { length }) => sum + length, 0));
    // The last candidate may go over it, but none is begun after that.
    expect(short.cost - (tried.at(-1)?.length ?? 0)).toBeLessThan(200);
    expect(needs('XYx')(namesOf(short.sequence))).not.toEqual([]);
    expect(namesOf(short.sequence).length).toBeLessThan(names.length);
  });

  test('runs nothing at all without a budget', async () => {
    const { run, tried } = runner(needs('x'));
    const short = await shrink(sequenceOf('abx'), 2, wanted, 0, run);
    expect(tried).toEqual([]);
    expect(short).toMatchObject({ reproduced: false, cost: 0 });
  });

  test('leaves out arguments that do not matter, and makes the others plain', async () => {
    const commands = [
      step('x', { Spec: 'Large.2', Description: 'a long one', 'Tags.1.Key': 'k', PageSize: '5' }),
    ];
    const run = ({ commands: [only] }: Sequence): Promise<Attempt> => {
      const args = only?.kind === 'call' ? only.args : {};
      const shows = 'Spec' in args && args['PageSize'] === '5';
      return Promise.resolve({ cost: 1, findings: shows ? [{ finding: wanted, step: 0 }] : [] });
    };
    const short = await shrink({ commands, routers: 2, exclusive: false }, 0, wanted, plenty, run);
    expect(short.sequence.commands).toEqual([{ ...step('x'), args: { Spec: 'Mini.2', PageSize: '5' } }]);
  });

  test('is not put off when a plainer argument makes it show before the command that has it', async () => {
    // Both are needed while the second one has its argument; without it the first shows it alone.
    const commands = [step('a'), step('x', { Other: '1', More: '2' })];
    const run = ({ commands: tried }: Sequence): Promise<Attempt> => {
      const last = tried.at(-1);
      if (tried.length < 2 && last !== undefined && nameOf(last) === 'x')
        return Promise.resolve({ cost: 1, findings: [] });
      const plainer = last?.kind !== 'call' || last.args['Other'] === undefined;
      return Promise.resolve({ cost: 1, findings: [{ finding: wanted, step: plainer ? 0 : 1 }] });
    };
    const short = await shrink({ commands, routers: 2, exclusive: false }, 1, wanted, plenty, run);
    expect(short.sequence.commands).toHaveLength(1);
  });

  test('drops commands that only an argument needed', async () => {
    const refers = { ...step('x'), args: { Name: 'x', Other: { ref: 'ri#1' } } };
    const run = ({ commands }: Sequence): Promise<Attempt> => {
      const last = commands.at(-1);
      const refersStill = last?.kind === 'call' && last.args['Other'] !== undefined;
      const shows = last !== undefined && (!refersStill || commands.length === 2);
      return Promise.resolve({
        cost: 1,
        findings: shows ? [{ finding: wanted, step: commands.length - 1 }] : [],
      });
    };
    const sequence: Sequence = { commands: [step('a'), refers], routers: 2, exclusive: false };
    const short = await shrink(sequence, 1, wanted, plenty, run);
    expect(short.sequence.commands).toHaveLength(1);
  });

  test('keeps the routers and the exclusiveness of the sequence', async () => {
    const { run } = runner(needs('x'));
    const sequence = { ...sequenceOf('abx'), routers: 3, exclusive: true };
    const short = await shrink(sequence, 2, wanted, plenty, run);
    expect(short.sequence).toMatchObject({ routers: 3, exclusive: true });
  });
});

describe('Two findings', () => {
  const code = (rules: readonly string[], observed: string): Finding => ({
    ...finding(rules),
    kind: 'code',
    observed,
    fingerprint: `code|Connect|${rules.join('+')}|${observed}`,
  });

  test('are the same with the same fingerprint, whatever the words', () => {
    expect(isSame({ ...wanted, expected: 'other words' }, wanted)).toBe(true);
  });

  test('are the same when the one found rests on fewer of the same rules', () => {
    expect(isSame(finding(['R33']), finding(['R33', 'R34']))).toBe(true);
    expect(covers(finding(['R33']), finding(['R33', 'R34']))).toBe(true);
  });

  test.each([
    ['the found one rests on more rules', finding(['R33', 'R34']), finding(['R33'])],
    ['they rest on different rules', finding(['R33']), finding(['R34', 'R35'])],
    ['the found one rests on no rule', finding([]), finding(['R33'])],
    ['another operation showed it', finding(['R33'], 'accepted|Activate|R33'), finding(['R33', 'R34'])],
    ['another kind of thing was seen', code(['R33'], '400 X'), finding(['R33', 'R34'])],
    ['another code was seen', code(['R33'], '400 X'), code(['R33', 'R34'], '400 Y')],
  ])('are not the same when %s', (_why, found, searched) => {
    expect(isSame(found, searched)).toBe(false);
  });
});

describe('what diverges beside it', () => {
  const beside = finding(['R1'], 'refused|Create|400 X');
  const run = (shows: (names: string) => readonly (readonly [number, Finding])[]) => runner(shows).run;

  test('may become less, not more', async () => {
    // Without b the same shows, but only after something else.
    const shows = (names: string): readonly (readonly [number, Finding])[] => {
      const at = names.indexOf('c');
      if (at === -1 || !names.includes('a')) return [];
      return names.includes('b')
        ? [[at, wanted]]
        : [
            [0, beside],
            [at, wanted],
          ];
    };
    const short = await shrink(sequenceOf('xaxbxc'), 5, wanted, 500, run(shows));
    expect(namesOf(short.sequence)).toBe('abc');
    expect(short.besides).toBe(0);
  });

  test('is there all the same where it never shows without', async () => {
    const shows = (names: string): readonly (readonly [number, Finding])[] => {
      const at = names.indexOf('c');
      return at === -1
        ? []
        : [
            [0, beside],
            [at, wanted],
          ];
    };
    const short = await shrink(sequenceOf('xac'), 2, wanted, 500, run(shows));
    expect(short).toMatchObject({ besides: 1, reproduced: true });
  });
});
