import * as fc from 'fast-check';
import { conceptSpecs, specs } from '../../model/spec/enums.ts';
import type { Arg, Command, Operation } from '../../model/vocabulary.ts';
import { type Args, call } from '../../properties/generate/calls.ts';
import type { Plan } from '../../properties/generate/plan.ts';
import { tell as pointed } from '../../properties/races/situation.ts';
import { Letter, type Letters } from './letter.ts';

/**
 * The commands that somebody who uses fast-check would write for the nine operations and the hooks of a target: one
 * class with a check and a run, an arbitrary for each operation. Interfaces are chosen by their index modulo how
 * many there are, as the documentation of fast-check advises. The model is ours.
 */

/** How values are drawn: evenly, or mostly such as are accepted. */
export interface Style {
  readonly mostlyValid: boolean;
}

const always = (): boolean => true;
const some = (plan: Plan): boolean => plan.world.interfaces.length > 0;
const which = fc.nat(99);

/** The n-th interface, counted round. */
function nameOf({ world: { interfaces } }: Plan, index: number): string {
  return interfaces[index % Math.max(1, interfaces.length)]?.id ?? 'ri#0';
}

const settle: Command = { kind: 'settle' };
const initiatorSpecs = specs.map(({ name }) => name).filter((name) => name !== 'Negative');

/** Good values and bad ones. */
const arbitraries = ({ mostlyValid }: Style) => {
  const either = <T>(good: fc.Arbitrary<T>, bad: fc.Arbitrary<T>): fc.Arbitrary<T> =>
    fc.oneof({ weight: mostlyValid ? 8 : 3, arbitrary: good }, { weight: 1, arbitrary: bad });
  const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
    fc.option(arbitrary, { nil: undefined, freq: mostlyValid ? 1 : 5 });
  return {
    sometimes,
    spec: either(fc.constantFrom(...initiatorSpecs), fc.constantFrom('Huge.1', 'mini.2', ...conceptSpecs)),
    region: fc.oneof(
      { weight: mostlyValid ? 24 : 8, arbitrary: fc.constant('own') },
      { weight: 1, arbitrary: fc.constantFrom('cn-nowhere', 'other', undefined) },
    ),
    name: either(
      fc.oneof(
        fc.constantFrom('ab', 'edge', `n${'x'.repeat(127)}`),
        fc.stringMatching(/^[a-zA-Z][\w-]{1,60}$/),
      ),
      fc.constantFrom('a', '1abc', 'http://abc', `n${'x'.repeat(128)}`),
    ),
    description: either(
      fc.oneof(fc.constantFrom('ab', `d${'x'.repeat(255)}`), fc.stringMatching(/^[a-z][ a-z]{1,60}$/)),
      fc.constantFrom('d', 'https://abc', `d${'x'.repeat(256)}`),
    ),
    ip: either(fc.constantFrom('10.0.0.1', '172.16.0.9'), fc.constantFrom('10.0.0', 'ten')),
    number: either(fc.constantFrom('8', '2000', '3'), fc.constantFrom('eight', '2.5')),
    role: either(fc.constantFrom('InitiatingSide', 'AcceptingSide'), fc.constant('Both')),
    router: either(
      fc.constantFrom<Arg>({ ref: 'router#1' }, { ref: 'router#2' }),
      fc.constant('vrt-unknown'),
    ),
    routerType: either(fc.constant('VRouter'), fc.constantFrom('VBR', 'Router')),
  };
};

const defined = (args: Readonly<Record<string, Arg | undefined>>): Args =>
  Object.fromEntries(Object.entries(args).filter((each): each is [string, Arg] => each[1] !== undefined));

function regionOf(plan: Plan, region: string | undefined): string | undefined {
  return region === 'own' ? plan.region : region === 'other' ? plan.otherRegion : region;
}

/** One arbitrary for each operation, and for waiting and the hooks. */
export function lettersOf(style: Style): Readonly<Record<string, Letters>> {
  const values = arbitraries(style);
  const { sometimes, region } = values;
  const token = sometimes(fc.nat(9));
  const tokenArg = (value: number | undefined): Arg | undefined =>
    value === undefined ? undefined : { ref: `token#${value + 1}` };
  const create = fc
    .record({
      region,
      role: values.role,
      spec: values.spec,
      acceptorSpec: fc.boolean(),
      router: values.router,
      oppositeRegion: region,
      oppositeRouter: sometimes(values.router),
      oppositeType: sometimes(values.routerType),
      opposite: sometimes(which),
      name: sometimes(values.name),
      description: sometimes(values.description),
      ip: sometimes(values.ip),
      tag: sometimes(fc.constantFrom('a', 'b')),
      group: sometimes(fc.constant('rg-acfmxazb4ph6aiy')),
      token,
    })
    .map((drawn) => {
      const commands = (plan: Plan): Command[] => [
        call(
          'CreateRouterInterface',
          defined({
            RegionId: regionOf(plan, drawn.region),
            Role: drawn.role,
            Spec:
              drawn.role === 'AcceptingSide' && (style.mostlyValid || drawn.acceptorSpec)
                ? 'Negative'
                : drawn.spec,
            RouterType: 'VRouter',
            RouterId: drawn.router,
            OppositeRegionId: regionOf(plan, drawn.oppositeRegion),
            OppositeRouterId: drawn.oppositeRouter,
            OppositeRouterType: drawn.oppositeType,
            OppositeInterfaceId:
              drawn.opposite === undefined ? undefined : { ref: nameOf(plan, drawn.opposite) },
            Name: drawn.name,
            Description: drawn.description,
            HealthCheckSourceIp: drawn.ip,
            HealthCheckTargetIp: drawn.ip,
            'Tags.1.Key': drawn.tag === undefined ? undefined : 'team',
            'Tags.1.Value': drawn.tag,
            ResourceGroupId: drawn.group,
            ClientToken: tokenArg(drawn.token),
          }),
          plan.freshName(),
        ),
      ];
      return new Letter('Create', commands, always);
    });
  const onOne = (operation: Operation, more: fc.Arbitrary<Record<string, Arg | undefined>>): Letters =>
    fc.record({ region, at: which, more }).map((drawn) => {
      const id = operation === 'DescribeRouterInterfaceAttribute' ? 'InstanceId' : 'RouterInterfaceId';
      const commands = (plan: Plan): Command[] => [
        call(
          operation,
          defined({
            RegionId: regionOf(plan, drawn.region),
            [id]: { ref: nameOf(plan, drawn.at) },
            ...drawn.more,
          }),
        ),
      ];
      return new Letter(operation, commands, some);
    });
  const plain = fc.constant({});
  const tell = fc.record({ from: which, to: which }).map(({ from, to }) => {
    const commands = (plan: Plan): Command[] => [pointed(plan, nameOf(plan, from), nameOf(plan, to))];
    return new Letter('Tell', commands, some);
  });
  const list = fc
    .record({
      page: sometimes(fc.constantFrom('1', '2', '0')),
      size: sometimes(fc.constantFrom('1', '10', '50', '51')),
      filter: fc.constantFrom('RouterId', 'RouterInterfaceId', 'Status', 'Name', 'Role', 'Nonsense'),
      at: which,
    })
    .map((drawn) => {
      const commands = (plan: Plan): Command[] => {
        const filters: Readonly<Record<string, Arg>> = {
          RouterId: { ref: 'router#1' },
          RouterInterfaceId: { ref: nameOf(plan, drawn.at) },
          Status: 'Active',
          Name: plan.names[0] ?? 'edge',
          Role: 'InitiatingSide',
          Nonsense: 'x',
        };
        const args = {
          RegionId: plan.region,
          PageNumber: drawn.page,
          PageSize: drawn.size,
          'Filter.1.Key': drawn.filter,
          'Filter.1.Value.1': filters[drawn.filter],
        };
        return [call('DescribeRouterInterfaces', defined(args))];
      };
      return new Letter('List', commands, always);
    });
  const lock = fc
    .record({
      at: which,
      set: fc.constantFrom(
        { businessStatus: 'FinancialLocked' } as const,
        { businessStatus: 'Normal' } as const,
        { operationLocked: true },
        { operationLocked: false },
      ),
    })
    .map(({ at, set }) => {
      const commands = (plan: Plan): Command[] => [
        { kind: 'control', hook: 'interface', on: { ref: nameOf(plan, at) }, set },
      ];
      return new Letter('Lock', commands, some);
    });
  const overdue = fc.boolean().map((value) => {
    const commands = (): Command[] => [{ kind: 'control', hook: 'account', set: { overdue: value } }];
    return new Letter('Overdue', commands, always);
  });
  const routeTo = which.map((at) => {
    const commands = (plan: Plan): Command[] => {
      const args = {
        RegionId: plan.region,
        RouteTableId: { ref: 'table#1' },
        DestinationCidrBlock: `10.${plan.commands.length % 250}.${at}.0/24`,
        NextHopType: 'RouterInterface',
        NextHopId: { ref: nameOf(plan, at) },
      };
      return [call('CreateRouteEntry', args, `route#${plan.commands.length}`)];
    };
    return new Letter('Route', commands, some);
  });
  return {
    create,
    connect: onOne('ConnectRouterInterface', plain),
    activate: onOne('ActivateRouterInterface', plain),
    deactivate: onOne('DeactivateRouterInterface', plain),
    delete: onOne(
      'DeleteRouterInterface',
      token.map((value) => ({ ClientToken: tokenArg(value) })),
    ),
    modify: onOne(
      'ModifyRouterInterfaceAttribute',
      fc
        .record({
          Name: sometimes(values.name),
          Description: sometimes(values.description),
          OppositeRouterType: sometimes(values.routerType),
          HealthCheckSourceIp: sometimes(values.ip),
          HealthCheckTargetIp: sometimes(values.ip),
          HcThreshold: sometimes(values.number),
          HcRate: sometimes(values.number),
          DeleteHealthCheckIp: sometimes(fc.constantFrom('true', 'false')),
        })
        .map((args) => ({ ...args })),
    ),
    spec: onOne(
      'ModifyRouterInterfaceSpec',
      fc
        .record({ Spec: fc.oneof(values.spec, fc.constant('Negative')), token })
        .map(({ Spec, token: value }) => ({ Spec, ClientToken: tokenArg(value) })),
    ),
    describe: onOne('DescribeRouterInterfaceAttribute', plain),
    tell,
    list,
    look: fc.constant(new Letter('Look', (plan) => [plan.look], always)),
    settle: fc.constant(new Letter('Settle', () => [settle], always)),
    lock,
    overdue,
    route: routeTo,
  };
}
