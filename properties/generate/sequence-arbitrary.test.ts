import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Arg,
  type CallCommand,
  judgedOperations,
  supportingOperations,
} from '../../model/vocabulary.ts';
import type { Sequence } from '../sequence.ts';
import { regionId } from '../testing/campaigns.ts';
import { defaultLength, type GeneratorOptions, sequenceArbitrary, sequenceAt } from './sequence-arbitrary.ts';

const text = (arg: Arg | undefined): string => (typeof arg === 'string' ? arg : (arg?.ref ?? ''));

const options: GeneratorOptions = {
  capabilities: { accountHook: true, interfaceHook: true, routeEntries: true },
  maxLength: defaultLength,
  maxRouters: 8,
  region: regionId,
  otherRegion: 'cn-shanghai',
};

const some = (count: number, change: Partial<GeneratorOptions> = {}, seed = 1): Sequence[] => {
  const arbitrary = sequenceArbitrary({ ...options, ...change });
  return Array.from({ length: count }, (_, index) => sequenceAt(arbitrary, seed, index));
};
const isCall = (command: Sequence['commands'][number]): command is CallCommand => command.kind === 'call';
const callsOf = (sequences: readonly Sequence[]): CallCommand[] =>
  sequences.flatMap(({ commands }) => commands.filter(isCall));

const many = some(1500);
const calls = callsOf(many);
const on = (operation: string): CallCommand[] => calls.filter((each) => each.operation === operation);

describe('Sequences', () => {
  test('are the same for the same seed and place, in whatever order they are asked for', () => {
    const arbitrary = sequenceArbitrary(options);
    const forward = Array.from({ length: 40 }, (_, index) => sequenceAt(arbitrary, 3, index));
    const backward = Array.from({ length: 40 }, (_, index) =>
      sequenceAt(sequenceArbitrary(options), 3, 39 - index),
    );
    expect(backward.toReversed()).toEqual(forward);
  });

  test('differ from place to place and from seed to seed', () => {
    const texts = [...some(200, {}, 3), ...some(200, {}, 4)].map((each) => JSON.stringify(each));
    expect(new Set(texts).size).toBe(400);
  });

  test.each([0, 1, 2 ** 31 - 1, -5, 2 ** 32 + 1])('can be made for the seed %d', (seed) => {
    expect(some(3, {}, seed).every(({ commands }) => commands.length > 0)).toBe(true);
  });

  test('have every length up to the longest, and are never empty', () => {
    const lengths = many.map(({ commands }) => commands.length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...lengths)).toBe(defaultLength);
    const mean = lengths.reduce((sum, each) => sum + each, 0) / lengths.length;
    expect(mean).toBeGreaterThan(defaultLength * 0.45);
    for (let from = 9; from < defaultLength; from += 10)
      expect(lengths.filter((each) => each >= from && each < from + 10).length).toBeGreaterThan(50);
  });

  test.each([1, 3, 5, 12])('are no longer than asked for: %d', (maxLength) => {
    for (const { commands } of some(200, { maxLength })) {
      expect(commands.length).toBeGreaterThan(0);
      expect(commands.length).toBeLessThanOrEqual(Math.max(3, maxLength));
    }
  });

  test('end with a look at everything once all has settled', () => {
    for (const { commands } of many) {
      expect(commands.at(-2)).toEqual({ kind: 'settle' });
      expect(commands.at(-1)).toMatchObject({ kind: 'call', operation: 'DescribeRouterInterfaces' });
    }
  });

  test('use two routers or three, and only two where there are no more', () => {
    expect(new Set(many.map(({ routers }) => routers))).toEqual(new Set([2, 3]));
    expect(new Set(some(200, { maxRouters: 2 }).map(({ routers }) => routers))).toEqual(new Set([2]));
  });

  test('name only routers that they asked for', () => {
    for (const sequence of many) {
      const used = JSON.stringify(sequence).match(/router#(\d+)/g) ?? [];
      for (const each of used) expect(Number(each.slice(7))).toBeLessThanOrEqual(sequence.routers);
    }
  });

  test('bind every name once', () => {
    for (const { commands } of many) {
      const names = commands.filter(isCall).flatMap(({ as }) => (as === undefined ? [] : [as]));
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test('contain every operation, each of the changing ones often', () => {
    for (const operation of judgedOperations) expect(on(operation).length, operation).toBeGreaterThan(800);
    for (const operation of supportingOperations) expect(on(operation).length, operation).toBeGreaterThan(50);
  });

  test('lock and unlock, and touch the account only when they run alone', () => {
    const controls = many.flatMap(({ commands, exclusive }) =>
      commands.flatMap((each) => (each.kind === 'control' ? [{ ...each, exclusive }] : [])),
    );
    const sets = new Set(controls.map(({ set }) => JSON.stringify(set)));
    for (const set of [
      { businessStatus: 'FinancialLocked' },
      { businessStatus: 'SecurityLocked' },
      { businessStatus: 'Normal' },
      { operationLocked: true },
      { operationLocked: false },
      { overdue: true },
      { overdue: false },
    ])
      expect(sets).toContain(JSON.stringify(set));
    for (const { hook, exclusive } of controls) if (hook === 'account') expect(exclusive).toBe(true);
    const alone = many.filter(({ exclusive }) => exclusive).length / many.length;
    expect(alone).toBeGreaterThan(0.05);
    expect(alone).toBeLessThan(0.2);
  });

  test('pull no hook and make no route entry where there is none', () => {
    const capabilities = { accountHook: false, interfaceHook: false, routeEntries: false };
    const plain = some(400, { capabilities });
    expect(plain.flatMap(({ commands }) => commands).filter(({ kind }) => kind === 'control')).toEqual([]);
    expect(callsOf(plain).filter(({ operation }) => operation.endsWith('RouteEntry'))).toEqual([]);
    expect(plain.filter(({ exclusive }) => exclusive)).toEqual([]);
  });

  test('shrink to shorter sequences, every one of them a part of the whole', () => {
    const arbitrary = sequenceArbitrary(options);
    const [sequence] = some(1);
    if (sequence === undefined) throw new Error('There is no sequence.');
    expect(arbitrary.canShrinkWithoutContext(sequence)).toBe(true);
    expect(arbitrary.canShrinkWithoutContext('text')).toBe(false);
    const shorter = [...arbitrary.shrink(sequence, undefined)].map(({ value }) => value.commands);
    expect(shorter.length).toBeGreaterThan(sequence.commands.length);
    for (const commands of shorter) {
      expect(commands.length).toBeGreaterThan(0);
      expect(commands.length).toBeLessThan(sequence.commands.length);
      expect(sequence.commands).toEqual(expect.arrayContaining([...commands]));
    }
  });

  test('can be used in a property of fast-check', () => {
    expect(() =>
      fc.assert(
        fc.property(sequenceArbitrary({ ...options, maxLength: 10 }), ({ commands }) => commands.length < 4),
        { seed: 1, numRuns: 50 },
      ),
    ).toThrow(/Property failed/);
  });
});

/** Calls with something wrong with them: what each class of mistake looks like. */
const mistakes: readonly (readonly [string, string, (args: CallCommand['args']) => boolean])[] = [
  ...[
    'ConnectRouterInterface',
    'ActivateRouterInterface',
    'DeactivateRouterInterface',
    'DeleteRouterInterface',
    'ModifyRouterInterfaceAttribute',
    'ModifyRouterInterfaceSpec',
  ].flatMap((operation): (readonly [string, string, (args: CallCommand['args']) => boolean])[] => [
    [operation, 'no RegionId', (args) => args['RegionId'] === undefined],
    [operation, 'an unknown region', (args) => /nowhere|xx-1|HANGZHOU/.test(text(args['RegionId']))],
    [operation, 'another region', (args) => args['RegionId'] === 'cn-shanghai'],
    [operation, 'no id', (args) => args['RouterInterfaceId'] === undefined],
    [operation, 'an id of nothing', (args) => typeof args['RouterInterfaceId'] === 'string'],
  ]),
  ...['RegionId', 'Role', 'Spec', 'RouterType', 'RouterId', 'OppositeRegionId'].map(
    (name): readonly [string, string, (args: CallCommand['args']) => boolean] => [
      'CreateRouterInterface',
      `no ${name}`,
      (args) => args[name] === undefined,
    ],
  ),
  [
    'CreateRouterInterface',
    'a Role that is none',
    (args) => !/^(Initiat|Accept)ingSide$/.test(text(args['Role'])),
  ],
  [
    'CreateRouterInterface',
    'an initiator with Negative',
    ({ Role, Spec }) => Role === 'InitiatingSide' && Spec === 'Negative',
  ],
  [
    'CreateRouterInterface',
    'an acceptor with a bandwidth',
    ({ Role, Spec }) => Role === 'AcceptingSide' && Spec !== 'Negative',
  ],
  [
    'CreateRouterInterface',
    'a border router opposite',
    ({ OppositeRouterType }) => OppositeRouterType === 'VBR',
  ],
  [
    'CreateRouterInterface',
    'half a health check',
    (args) => args['HealthCheckSourceIp'] !== undefined && args['HealthCheckTargetIp'] === undefined,
  ],
  ['CreateRouterInterface', 'a Name that begins wrongly', ({ Name }) => /^[\d_]|^http/.test(text(Name))],
  ['CreateRouterInterface', 'a Name that is too long', ({ Name }) => text(Name).length > 128],
  [
    'CreateRouterInterface',
    'a Description that is too long',
    ({ Description }) => text(Description).length > 256,
  ],
  ['CreateRouterInterface', 'a reserved tag', (args) => /^(aliyun|acs:)/.test(text(args['Tags.1.Key']))],
  [
    'ModifyRouterInterfaceAttribute',
    'a wrong OppositeRouterType',
    ({ OppositeRouterType: type }) => /^(Router|vbr|VRouter )$/.test(text(type)),
  ],
  [
    'ModifyRouterInterfaceAttribute',
    'a wrong address',
    (args) => /ten|256|\/24/.test(text(args['HealthCheckSourceIp'])),
  ],
  [
    'ModifyRouterInterfaceAttribute',
    'addresses that are set and removed',
    (args) => args['HealthCheckSourceIp'] !== undefined && args['DeleteHealthCheckIp'] === 'true',
  ],
  [
    'ModifyRouterInterfaceAttribute',
    'a threshold that is no number',
    ({ HcThreshold }) => /eight|2\.5|1e3/.test(text(HcThreshold)),
  ],
  ['ModifyRouterInterfaceSpec', 'no Spec', ({ Spec }) => Spec === undefined],
  [
    'ModifyRouterInterfaceSpec',
    'a Spec that is none',
    ({ Spec }) => /^(Huge\.1|mini\.2|Mini\.2 |Large)$/.test(text(Spec)),
  ],
  [
    'DescribeRouterInterfaces',
    'a PageSize out of bounds',
    ({ PageSize }) => /^(0|51|-1|ten)$/.test(text(PageSize)),
  ],
  [
    'DescribeRouterInterfaces',
    'a PageNumber out of bounds',
    ({ PageNumber }) => /^(0|-1|one)$/.test(text(PageNumber)),
  ],
  [
    'DescribeRouterInterfaces',
    'an unknown filter key',
    (args) => /Role|Spec|routerid|BusinessStatus/.test(text(args['Filter.2.Key'])),
  ],
  [
    'DescribeRouterInterfaces',
    'a filter without a key',
    (args) => args['Filter.2.Key'] === undefined && args['Filter.2.Value.1'] !== undefined,
  ],
  ['DescribeRouterInterfaces', 'a sixth value', (args) => args['Filter.2.Value.6'] !== undefined],
  ['DescribeRouterInterfaces', 'a sixth key', (args) => args['Filter.6.Key'] !== undefined],
  ['DescribeRouterInterfaceAttribute', 'no id', (args) => args['InstanceId'] === undefined],
];

describe('Mistakes', () => {
  test.each(mistakes)('are made in %s: %s', (operation, _what, isMade) => {
    expect(on(operation).filter(({ args }) => isMade(args)).length).toBeGreaterThan(1);
  });
});
