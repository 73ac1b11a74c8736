import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { transition } from 'xstate';
import { compile, type StateRow, type TransitionRow } from './compile.ts';
import { eventOf } from './chart-transitions.ts';
import { routerInterface } from './lifecycle.ts';
import { ruleIds } from './spec/rules.ts';

/**
 * The tables against XState itself: what the interpreter does with the chart must be among what the
 * tables permit, and it is the first of it.
 */

const tables = compile();
const events = Object.values(eventOf);
const rulesOf = new Map(
  events.map((event) => [event, ruleIds.filter((rule) => tables.ruleBit(event, rule) !== 0)]),
);
const choices = new Map<string, Set<string>>();
for (const { choice } of tables.rows) {
  if (choice !== undefined) choices.set(choice.id, (choices.get(choice.id) ?? new Set()).add(choice.value));
}

interface Situation {
  readonly state: StateRow;
  readonly business: string;
  readonly operation: string;
  readonly event: string;
  readonly violated: readonly string[];
  readonly chosen: Readonly<Record<string, string>>;
}

/** The lifecycle value of a leaf, as XState nests it. */
function valueOf(name: string): string | Record<string, string> {
  const [outer, inner] = name.split('.');
  return inner === undefined ? name : { [outer ?? '']: inner };
}

/** The name of the state in which XState ends. */
function stepped({ state, business, operation, event, violated, chosen }: Situation): string {
  const before = routerInterface.resolveState({
    value: { lifecycle: valueOf(state.name), business, operation },
  });
  const [after] = transition(routerInterface, before, { type: event, violated, chosen });
  const { lifecycle, ...locks } = after.value as Record<string, string | Record<string, string>>;
  expect(locks).toEqual({ business, operation });
  return typeof lifecycle === 'string'
    ? lifecycle
    : Object.entries(lifecycle ?? {})
        .flat()
        .join('.');
}

const chosenBy = ({ choice }: TransitionRow, chosen: Situation['chosen']): boolean =>
  choice === undefined || chosen[choice.id] === choice.value;

/** What the tables make of it: the states that an acceptance can lead to, and whether it can be refused. */
function permittedBy({ state, business, operation, event, violated, chosen }: Situation): {
  accepted: number[];
  refusals: TransitionRow[];
} {
  const bits = violated.reduce((set, rule) => set | tables.ruleBit(event, rule), 0);
  const { accepts, refusals, replays } = tables.onOperation(event, state.bit);
  const refusing = [
    ...[...refusals, ...replays]
      .map(({ row }) => row)
      .filter(({ needs }) => needs === 0 || (bits & needs) !== 0),
    ...tables.onLock(event, business),
    ...tables.onLock(event, operation),
  ];
  const accepting = accepts
    .map(({ row }) => row)
    .filter((row) => (row.needs === 0 ? bits === 0 : bits === row.needs) && chosenBy(row, chosen));
  return { accepted: accepting.map(({ to }) => (to === 0 ? state.bit : to)), refusals: refusing };
}

function agree(situation: Situation): void {
  const { state, event, violated } = situation;
  const end = tables.bitOfState(stepped(situation));
  const { accepted, refusals } = permittedBy(situation);
  const permitted = refusals.length > 0 || accepted.length === 0 ? [...accepted, state.bit] : accepted;
  const what = `${event} in ${state.name}, violating ${violated.join()}`;
  expect(permitted, what).toContain(end);
  // Nothing speaks against it: the first acceptance, and none that the target did not choose.
  if (refusals.length === 0) expect(end, what).toBe(accepted[0] ?? state.bit);
  // Refused for certain: whatever else is violated, nothing moves.
  if (refusals.some(({ may, needs }) => may === undefined && needs === 0)) expect(end, what).toBe(state.bit);
}

const normal = { business: 'Normal', operation: 'Unlocked' };
const locks = ['Normal', 'FinancialLocked', 'SecurityLocked'].flatMap((business) =>
  ['Unlocked', 'Locked'].map((operation) => ({ business, operation })),
);

describe.each(events)('XState on %s', (event) => {
  test('does as the tables permit, for every state and every single violated rule', () => {
    for (const state of tables.states) {
      agree({ state, ...normal, event, violated: [], chosen: {} });
      for (const rule of rulesOf.get(event) ?? [])
        agree({ state, ...normal, event, violated: [rule], chosen: {} });
    }
  });

  test('does as the tables permit, for every state under every lock and every choice', () => {
    for (const state of tables.states)
      for (const lock of locks)
        for (const [id, values] of choices)
          for (const value of values) agree({ state, ...lock, event, violated: [], chosen: { [id]: value } });
  });

  test('does as the tables permit, whatever is violated and chosen at once', () => {
    const situation = fc.record({
      state: fc.constantFrom(...tables.states),
      business: fc.constantFrom('Normal', 'FinancialLocked', 'SecurityLocked'),
      operation: fc.constantFrom('Unlocked', 'Locked'),
      event: fc.constant(event),
      violated: fc.subarray(rulesOf.get(event) ?? []),
      chosen: fc.record(
        Object.fromEntries([...choices].map(([id, values]) => [id, fc.constantFrom(...values)])),
        { requiredKeys: [] },
      ) as fc.Arbitrary<Record<string, string>>,
    });
    fc.assert(fc.property(situation, agree), { numRuns: 400, seed: 11 });
  });
});

describe('XState on what is no call', () => {
  test('follows the peer as the tables do, whatever the target chose', () => {
    const peerEvents = new Set(
      tables.rows.filter(({ kind }) => kind === 'peer').map(({ id }) => id.split(' ')[1] ?? ''),
    );
    expect(peerEvents).toEqual(
      new Set(['PEER_CONNECTS', 'PEER_ACTIVATES', 'PEER_DEACTIVATES', 'PEER_DELETED']),
    );
    for (const event of peerEvents) {
      for (const state of tables.states) {
        for (const [id, values] of choices) {
          for (const value of [...values, 'otherwise']) {
            const chosen = { [id]: value };
            const end = stepped({ state, ...normal, event, violated: [], chosen });
            expect(tables.onPeer(event, state.bit, chosen), `${event} in ${state.name}`).toBe(
              tables.bitOfState(end),
            );
          }
        }
      }
    }
  });

  test('moves on by itself exactly where the tables say so', () => {
    expect(tables.internal.length).toBeGreaterThan(0);
    for (const { row, from } of tables.internal) {
      const event = /: (\S+) to /.exec(row.id)?.[1] ?? '';
      for (const state of tables.states) {
        const end = tables.bitOfState(stepped({ state, ...normal, event, violated: [], chosen: {} }));
        const moves = tables.internal.find(
          (each) => each.from === state.bit && each.row.id.includes(` ${event} `),
        );
        expect(end, `${event} in ${state.name}`).toBe(moves === undefined ? state.bit : moves.row.to);
        if (state.bit === from) expect(end).toBe(row.to);
      }
    }
  });
});
