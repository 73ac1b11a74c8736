import * as fc from 'fast-check';
import { filterKeys } from '../spec/enums.ts';
import type { Call } from '../permitted.ts';
import { requestOf } from '../tokens.ts';
import { judgedOperations } from '../vocabulary.ts';
import type { Interface, World } from '../world.ts';
import { createArgs, environment, now, otherRegion, region, ri, settleMs, tables } from './worlds.ts';

/** Worlds and calls without sense or history: whatever can be written down must be answered for. */

const ids = ['ri-1', 'ri-2', 'ri-3', 'ri-4'];
const routerIds = ['vrt-1', 'vrt-2', 'vrt-3'];
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });
const router = fc.constantFrom(...routerIds);
const id = fc.constantFrom(...ids, 'ri-x');
const type = fc.constantFrom('VRouter', 'VBR');
const regionId = fc.constantFrom(region, otherRegion);

const opposite = fc.record({
  regionId,
  routerType: maybe(type),
  routerId: maybe(router),
  interfaceId: maybe(id),
  ownerId: maybe(fc.constant('1')),
});

const anyInterface = (itself: string): fc.Arbitrary<Interface> =>
  fc
    .record({
      states: fc
        .subarray([...tables.states], { minLength: 1, maxLength: 3 })
        .map((list) => list.reduce((set, { bit }) => set | bit, 0)),
      since: fc.constantFrom(0, now - settleMs, now, Number.POSITIVE_INFINITY),
      cause: fc.constantFrom(
        { event: 'CREATE', rules: ['R13'] },
        { event: 'DELETE', rules: ['R59'] },
        { event: 'CONNECT', rules: ['R43'] },
      ),
      news: fc.nat(15),
      business: fc.constantFrom('Normal', 'FinancialLocked', 'SecurityLocked'),
      operationLocked: fc.boolean(),
      trusted: fc.boolean(),
      regionId,
      role: fc.constantFrom('InitiatingSide', 'AcceptingSide'),
      routerId: router,
      spec: fc.constantFrom('Mini.2', 'Negative'),
      opposite,
      link: fc.option(fc.constantFrom(...ids)),
    })
    .map((fields) => ri(itself, fields));

const token = fc.record({
  operation: fc.constantFrom(...judgedOperations),
  token: fc.constantFrom('t1', 't2'),
  request: fc.constantFrom(requestOf(createArgs), 'another'),
  accepted: fc.boolean(),
  made: id,
});

export const anyWorld: fc.Arbitrary<World> = fc
  .subarray(ids)
  .chain((present) => fc.tuple(...present.map(anyInterface)))
  .chain((interfaces) =>
    fc.record({
      env: fc
        .record({
          edition: fc.constantFrom('any' as const, 'E2018b' as const, 'E2026' as const),
          readsLag: fc.boolean(),
        })
        .map((changes) => environment({ ...changes, limits: { perRouter: 2, perAccount: 3 } })),
      interfaces: fc.constant(interfaces),
      routes: fc.array(fc.record({ id: fc.constant('r'), nextHop: id }), { maxLength: 2 }),
      tokens: fc.array(token, { maxLength: 2 }),
      accountId: fc.constantFrom(null, '1234567890123456'),
      overdue: fc.boolean(),
      walk: fc.constant(null),
      deviations: fc.constant([]),
      choices: fc.constantFrom({}, { A7: 'both' }, { A7: 'one', A8: 'unchanged', A11: 'VBR' }),
    }),
  );

const text = fc.constantFrom(
  '',
  'x',
  'ab',
  '1',
  'true',
  '10.0.0.1',
  'VRouter',
  'VBR',
  'Negative',
  'Mini.2',
  'Huge.1',
);
/** Parameters that the operations know, with values that mostly make no sense there. */
const parameters = [
  'Role',
  'Spec',
  'RouterType',
  'RouterId',
  'OppositeRegionId',
  'OppositeRouterType',
  'OppositeRouterId',
  'OppositeInterfaceId',
  'OppositeInterfaceOwnerId',
  'AccessPointId',
  'OppositeAccessPointId',
  'Name',
  'Description',
  'HealthCheckSourceIp',
  'HealthCheckTargetIp',
  'DeleteHealthCheckIp',
  'HcThreshold',
  'HcRate',
  'Tags.1.Key',
  'PageNumber',
  'PageSize',
  'Filter.1.Value.1',
  'ClientToken',
];

const some = <T>(values: Readonly<Record<string, fc.Arbitrary<T>>>): fc.Arbitrary<Record<string, T>> =>
  fc.record(values, { requiredKeys: [] }) as fc.Arbitrary<Record<string, T>>;

export const anyCall: fc.Arbitrary<Call> = fc.record({
  operation: fc.constantFrom(...judgedOperations),
  args: fc
    .tuple(
      some({
        RegionId: fc.constantFrom(region, otherRegion, 'cn-nowhere', ''),
        RouterInterfaceId: id,
        InstanceId: id,
      }),
      fc.constantFrom<Readonly<Record<string, string>>>({}, createArgs),
      fc
        .subarray(parameters, { maxLength: 4 })
        .chain((names) => some(Object.fromEntries(names.map((name) => [name, text])))),
      some({
        ClientToken: fc.constantFrom('t1', 't2'),
        'Filter.1.Key': fc.constantFrom(...filterKeys, 'Role'),
      }),
    )
    .map(([subject, create, odd, rest]) => ({ ...create, ...subject, ...odd, ...rest })),
});
