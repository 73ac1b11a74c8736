import { describe, expect, test } from 'vitest';
import { ri } from '../../model/testing/worlds.ts';
import { emptyWorld, type Shown, type Token, type World } from '../../model/world.ts';
import { linearize, type Operation } from './linearize.ts';

/** A register that holds one value, in the place of a world: what is known of the account. */
const start: World = emptyWorld({
  edition: 'any',
  regionId: 'cn-hangzhou',
  regions: [],
  routers: [],
  limits: { perRouter: 5, perAccount: null },
  bounds: { settleMs: 1, staleMs: 0 },
  readsLag: false,
});
const write = (value: string, sent: number, answered: number): Operation => ({
  sent,
  answered,
  after: (world) => [{ ...world, accountId: value }],
});
const read = (value: string | null, sent: number, answered: number): Operation => ({
  sent,
  answered,
  after: (world) => (world.accountId === value ? [world] : []),
});

describe('An order is found', () => {
  test.each<[string, Operation[][]]>([
    ['for one client', [[write('a', 1, 2), read('a', 3, 4)]]],
    ['where a later call took effect first', [[write('a', 1, 4)], [write('b', 2, 3), read('a', 5, 6)]]],
    ['where a read saw what was there before', [[write('a', 1, 4)], [read(null, 2, 3), read('a', 5, 6)]]],
    [
      'where an unanswered write took effect late',
      [[write('a', 1, Infinity)], [read(null, 2, 3), read('a', 4, 5)]],
    ],
    ['where an unanswered write never took effect', [[write('a', 1, Infinity)], [read(null, 2, 3)]]],
    ['where what was not answered cannot have been', [[read('b', 1, Infinity)], [write('a', 2, 3)]]],
  ])('%s', (_what, lanes) => {
    expect(linearize(lanes, [start]).kind).toBe('explained');
  });

  test('of several worlds by those that permit it', () => {
    const other = { ...start, accountId: 'x' };
    const found = linearize([[read('x', 1, 2)]], [start, other]);
    expect(found).toMatchObject({ kind: 'explained', belief: [other] });
  });
});

describe('No order is found', () => {
  test.each<[string, Operation[][], number]>([
    [
      'for a read of what was overwritten before it',
      [[write('a', 1, 2), write('b', 3, 4)], [read('a', 5, 6)]],
      2,
    ],
    ['for reads that disagree', [[write('a', 1, 8)], [read('a', 2, 3), read(null, 4, 5)]], 2],
    ['for what nobody wrote', [[write('a', 1, 4)], [read('b', 2, 3)]], 1],
  ])('%s, and the longest beginning is told', (_what, lanes, longest) => {
    const found = linearize(lanes, [start]);
    expect(found.kind).toBe('unexplained');
    if (found.kind !== 'unexplained') return;
    expect(found.impasses.length).toBeGreaterThan(0);
    for (const { order, stuck } of found.impasses) {
      expect(order).toHaveLength(longest);
      expect(stuck.length).toBeGreaterThan(0);
    }
  });
});

/** Each client writes its own values while all overlap, and the last read fits none of the orders. */
function hopeless(clients: number, length: number): Operation[][] {
  const lanes = Array.from({ length: clients }, (_, client) =>
    Array.from({ length }, (_unused, index) => write(`${client}-${index}`, 1 + index, 1000 + index)),
  );
  return [...lanes, [read('never', 2000, 2001)]];
}

const token = (request: string): Token => ({
  operation: 'CreateRouterInterface',
  token: 'token-1',
  request,
  accepted: true,
});
const seen: Shown = {
  creationTime: '',
  vpcId: '',
  chargeType: '',
  resourceGroupId: '',
  healthCheck: ri('ri-a').healthCheck,
  threshold: 8,
  rate: 2000,
  connectedSince: NaN,
  connectedTime: '',
};
/** What only some later call asks. */
const remembers: readonly (readonly [string, (value: string) => Partial<World>])[] = [
  ['what a token was used for', (value) => ({ tokens: [token(value)] })],
  [
    'what a look has shown',
    (value) => ({
      interfaces: [ri('ri-a', { shown: { list: { ...seen, creationTime: value }, attribute: null } })],
    }),
  ],
];

describe('The search', () => {
  test.each(remembers)('takes worlds for two that differ in %s alone', (_what, state) => {
    const last = (value: string, sent: number): Operation => ({
      sent,
      answered: 10 + sent,
      after: (world) => [{ ...world, ...state(value) }],
    });
    // What was answered first is tried first: only the other order leads to what is asked for.
    const asks: Operation = {
      sent: 20,
      answered: 21,
      after: (world) => (JSON.stringify(world).includes('"first"') ? [world] : []),
    };
    expect(linearize([[last('first', 1)], [last('second', 2)], [asks]], [start]).kind).toBe('explained');
    expect(linearize([[last('third', 1)], [last('second', 2)], [asks]], [start]).kind).toBe('unexplained');
  });

  test.each([
    ['the first call', []],
    ['a later one', [write('a', 1, 2)]],
  ])('is given up where too many worlds explain %s', (_what, before) => {
    const wide: Operation = {
      sent: 5,
      answered: 6,
      after: (world) => Array.from({ length: 129 }, (_, index) => ({ ...world, accountId: `${index}` })),
    };
    const several = [start, { ...start, accountId: 'x' }];
    expect(linearize([[...before, wide]], before.length === 0 ? several : [start])).toEqual({
      kind: 'open',
      reason: 'more than 128 worlds explain what was seen',
    });
  });

  test('keeps few of the ways in which it came no further', () => {
    const lanes = Array.from({ length: 5 }, (_, client): Operation[] => [
      {
        sent: 1,
        answered: 10,
        after: (world) => [{ ...world, accountId: `${world.accountId ?? ''}${client}` }],
      },
    ]);
    // Each of the 120 orders leads somewhere else, and nowhere is read what is asked for.
    const found = linearize([...lanes, [read('never', 11, 12)]], [start]);
    expect(found.kind === 'unexplained' && found.impasses.length).toBe(24);
  });

  test('ends within its budget, and then says neither yes nor no', () => {
    const began = performance.now();
    expect(linearize(hopeless(6, 12), [start], 5000)).toMatchObject({ kind: 'open' });
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test('tries no world twice with the same operations done', () => {
    let steps = 0;
    const lanes = hopeless(3, 4).map((lane) =>
      lane.map((operation): Operation => ({
        ...operation,
        after(world) {
          steps += 1;
          return operation.after(world);
        },
      })),
    );
    expect(linearize(lanes, [start]).kind).toBe('unexplained');
    // 5 x 5 x 5 ways to have got so far, at most four worlds each, three steps on; 34650 orders.
    expect(steps).toBeLessThan(5 * 5 * 5 * 4 * 3);
  });

  test('finds an order of three clients with thirty calls each without going back', () => {
    let steps = 0;
    const lanes = Array.from({ length: 3 }, (_, client) =>
      Array.from({ length: 30 }, (_unused, index): Operation => {
        const sent = 6 * index + client;
        return {
          sent,
          answered: sent + 4,
          after(world) {
            steps += 1;
            return [{ ...world, accountId: `${client}` }];
          },
        };
      }),
    );
    expect(linearize(lanes, [start]).kind).toBe('explained');
    expect(steps).toBe(90);
  });
});
