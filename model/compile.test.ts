import { describe, expect, test } from 'vitest';
import { createMachine } from 'xstate';
import { compile } from './compile.ts';
import { eventOf } from './chart-transitions.ts';
import { ruleIds } from './spec/rules.ts';
import { ambiguities } from './spec/ambiguities.ts';
import { statuses } from './spec/enums.ts';
import { transitions } from './spec/transitions.ts';

/**
 * The compiled chart as it was last looked at. When this differs, the chart changed, or XState reads it
 * differently. If that was meant: look at `ri-conformance model` before and after, then put the new hash here.
 */
const pinned = '81672da669877572cfa2f5b7df30a44111554cb279be38a3ed9498057c8fdc65';

const tables = compile();
const subsets = [0, tables.all, ...tables.states.flatMap(({ bit }) => [bit, tables.all & ~bit])];

describe('the compiled chart', () => {
  test('is the one that was last looked at', () => {
    expect(
      tables.hash,
      'The compiled chart is another one than the pinned one. If the change was meant, pin the new hash in model/compile.test.ts.',
    ).toBe(pinned);
  });

  test('is the same every time it is compiled', () => {
    expect(compile().hash).toBe(tables.hash);
  });

  test('rests every transition on rules that exist', () => {
    for (const { id, rules, only } of tables.rows) {
      expect(rules.length, id).toBeGreaterThan(0);
      for (const rule of only === undefined ? rules : [...rules, only]) expect(ruleIds, id).toContain(rule);
    }
  });

  test('names only sources and ambiguities that exist', () => {
    const sources = new Set([...transitions, ...ambiguities].map(({ id }) => id));
    for (const { id, source, may, choice } of tables.rows) {
      for (const name of [source, may, choice?.id])
        if (name !== undefined) expect(sources, id).toContain(name);
    }
  });

  test('has every documented transition between two statuses of plain interfaces', () => {
    const modelled = new Set(tables.rows.flatMap(({ source }) => source ?? []));
    // T2 needs a border router; what follows T20 is not of one interface, or comes by a control hook.
    const plain = Array.from({ length: 20 }, (_, index) => `T${index + 1}`).filter((id) => id !== 'T2');
    for (const id of plain) expect(modelled, id).toContain(id);
  });

  test('names each transition differently', () => {
    const ids = tables.rows.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('shows every status of the documents, and none but those', () => {
    const shown = new Set(tables.labels(tables.all));
    expect(shown).toEqual(
      new Set([null, ...statuses.filter(({ kind }) => kind !== 'peer-only').map(({ name }) => name)]),
    );
  });

  test.each(Object.entries(eventOf))('offers something for %s in every state', (_operation, event) => {
    for (const { name, bit } of tables.states) {
      const { accepts, refusals } = tables.onOperation(event, bit);
      expect(accepts.length + refusals.length, name).toBeGreaterThan(0);
    }
  });

  test('always answers a well-formed call: what is not accepted is refused by the status', () => {
    for (const event of Object.values(eventOf)) {
      if (event === 'CREATE') continue; // asked of no interface, see the next test
      for (const { name, bit } of tables.states) {
        const { accepts, refusals } = tables.onOperation(event, bit);
        const answers = [...accepts, ...refusals].filter(({ row }) => row.needs === 0);
        expect(answers.length, `${event} in ${name}`).toBeGreaterThan(0);
      }
    }
    expect(tables.onOperation('CREATE', tables.labelled(null)).accepts).toHaveLength(1);
  });
});

describe('sets of states', () => {
  test('only grow by closure, and closing twice adds nothing', () => {
    for (const set of subsets) {
      expect(tables.closure(set) & set).toBe(set);
      expect(tables.closure(tables.closure(set))).toBe(tables.closure(set));
    }
  });

  test('close monotonously: the closure of a union is the union of the closures', () => {
    for (const { bit: a } of tables.states)
      for (const { bit: b } of tables.states)
        expect(tables.closure(a | b)).toBe(tables.closure(a) | tables.closure(b));
  });

  test('lose every bounded transitional state when settled, and keep where those lead', () => {
    const bounded = tables.states.filter(
      ({ transitional, unbounded }) => transitional === true && unbounded !== true,
    );
    expect(bounded.length).toBeGreaterThan(0);
    for (const { bit } of bounded) {
      expect(tables.settled(tables.all) & bit).toBe(0);
      expect(tables.settled(bit)).not.toBe(0);
    }
    const others = tables.states.filter(({ transitional }) => transitional !== true);
    for (const { bit } of others) expect(tables.settled(bit)).toBe(bit);
    const hanging = tables.bitOfState('Connecting.unanswered');
    expect(tables.settled(hanging) & hanging).toBe(hanging);
  });

  test('are possible by closure before the bound, settled after it', () => {
    for (const set of subsets) {
      expect(tables.possible(set, false)).toBe(tables.closure(set));
      expect(tables.possible(set, true)).toBe(tables.settled(set));
    }
  });

  test('and labels are each other’s inverse', () => {
    for (const { bit, label } of tables.states) {
      expect(tables.labels(bit)).toEqual([label]);
      expect(tables.labelled(label) & bit).toBe(bit);
      expect(tables.labels(tables.labelled(label))).toEqual([label]);
    }
    expect(tables.labelled('Deleted')).toBe(0);
    expect(tables.labels(0)).toEqual([]);
  });
});

describe('looking things up', () => {
  test('an unknown state is an error that names those there are', () => {
    expect(() => tables.bitOfState('Idle')).toThrow(/No state "Idle"; there are gone, Idle\.free/);
  });

  test('a rule that guards nothing has no bit', () => {
    expect(tables.ruleBit('CONNECT', 'R57')).toBe(0);
    expect(tables.ruleBit('NO_SUCH_EVENT', 'R57')).toBe(0);
  });

  test('a lock has refusals only for what it locks out', () => {
    expect(tables.onLock('DEACTIVATE', 'FinancialLocked').map(({ rules }) => rules)).toEqual([['R52']]);
    expect(tables.onLock('DELETE', 'FinancialLocked')).toEqual([]);
    expect(tables.onLock('DELETE', 'NoSuchLock')).toEqual([]);
  });

  test('an event that the peer ignores leaves it where it is', () => {
    const idle = tables.bitOfState('Idle.free');
    expect(tables.onPeer('PEER_DEACTIVATES', idle, { A7: 'both' })).toBe(idle);
    expect(tables.peerChoices('PEER_DEACTIVATES', idle)).toEqual([]);
  });
});

describe('a broken chart', () => {
  const chartWith = (lifecycle: object) =>
    createMachine({
      type: 'parallel',
      states: { lifecycle, business: { initial: 'x', states: { x: {} } } },
    });
  const states = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`s${index}`, { meta: { label: `S${index}` } }]),
    );

  test('without a lifecycle is refused', () => {
    expect(() => compile(createMachine({ states: { other: {} }, initial: 'other' }))).toThrow(
      'The chart has no region named "lifecycle".',
    );
  });

  test('with a state without label is refused by its name', () => {
    const lifecycle = { initial: 'a', states: { a: { initial: 'b', states: { b: {} } } } };
    expect(() => compile(chartWith(lifecycle))).toThrow('State "a.b" has no label.');
  });

  test('with more than 31 states is refused; 31 are compiled', () => {
    expect(() => compile(chartWith({ initial: 's0', states: states(32) }))).toThrow(
      'The lifecycle has 32 states; a state set holds at most 31.',
    );
    expect(compile(chartWith({ initial: 's0', states: states(31) })).all).toBe(0x7fffffff);
  });

  test('with more than 31 rules on one event is refused', () => {
    const guarded = (count: number) => ({
      initial: 'a',
      states: {
        a: {
          meta: { label: 'A' },
          on: {
            GO: Array.from({ length: count }, (_, index) => ({
              guard: { type: 'violates', params: { rule: `R${index}` } },
              meta: { kind: 'refusal', rules: [`R${index}`] },
            })),
          },
        },
      },
    });
    expect(() => compile(chartWith(guarded(32)))).toThrow('More than 31 rules guard GO.');
    expect(compile(chartWith(guarded(31))).rows).toHaveLength(31);
  });
});
