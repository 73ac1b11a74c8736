import type { Operation } from '../../model/vocabulary.ts';
import { type Args, call, without } from '../generate/calls.ts';
import type { Draw } from '../generate/draw.ts';
import {
  badDescription,
  badIp,
  badName,
  badSpec,
  goodIp,
  initiatorSpec,
  unknownId,
  unknownRegion,
} from '../generate/values.ts';
import { slots, type Slot } from './abstraction.ts';
import { creation, type Input, look, onInterface, type Site } from './inputs.ts';

/** A class of parameters in which one thing is wrong: each is refused by the same rule in every state. */
type Fault = readonly [name: string, spoil: (args: Args, site: Site, draw: Draw) => Args];

const ofRegion: readonly Fault[] = [
  ['no region', (args) => without(args, 'RegionId')],
  ['unknown region', (args, _site, draw) => ({ ...args, RegionId: unknownRegion(draw) })],
];

const ofSubject: readonly Fault[] = [
  ...ofRegion,
  ['other region', (args, site) => ({ ...args, RegionId: site.otherRegion })],
  ['no id', (args) => without(args, 'RouterInterfaceId')],
  ['unknown id', (args, _site, draw) => ({ ...args, RouterInterfaceId: unknownId(draw) })],
];

const ofCreation: readonly Fault[] = [
  ...ofRegion,
  ['other region', (args, site) => ({ ...args, RegionId: site.otherRegion })],
  [
    'something missing',
    (args, _, draw) => without(args, draw.pick(['Role', 'RouterType', 'RouterId', 'OppositeRegionId'])),
  ],
  [
    'unknown role',
    (args, _, draw) => ({ ...args, Role: draw.pick(['Initiator', 'initiatingside', 'Both']) }),
  ],
  ['malformed spec', (args, _, draw) => ({ ...args, Role: 'InitiatingSide', Spec: badSpec(draw) })],
  [
    'bandwidth for an acceptor',
    (args, _, draw) => ({ ...args, Role: 'AcceptingSide', Spec: initiatorSpec(draw) }),
  ],
  ['no bandwidth for an initiator', (args) => ({ ...args, Role: 'InitiatingSide', Spec: 'Negative' })],
  ['unknown router', (args) => ({ ...args, RouterId: 'vrt-2zunknown0000000001' })],
  [
    'border router opposite',
    (args) => ({
      ...args,
      Role: 'InitiatingSide',
      Spec: 'Mini.2',
      OppositeRouterType: 'VBR',
      OppositeAccessPointId: 'ap-cn-hangzhou-A',
    }),
  ],
  ['half a health check', (args, _, draw) => ({ ...args, HealthCheckSourceIp: goodIp(draw) })],
  ['malformed name', (args, _, draw) => ({ ...args, Name: badName(draw) })],
  ['malformed description', (args, _, draw) => ({ ...args, Description: badDescription(draw) })],
  [
    'malformed tag',
    (args, _, draw) => ({ ...args, 'Tags.1.Key': draw.pick(['aliyun-team', 'acs:team', 'http://team']) }),
  ],
];

const ofAttributes: readonly Fault[] = [
  ...ofSubject,
  [
    'unknown type of router',
    (args, _, draw) => ({ ...args, OppositeRouterType: draw.pick(['Router', 'vbr']) }),
  ],
  ['malformed name', (args, _, draw) => ({ ...args, Name: badName(draw) })],
  ['malformed description', (args, _, draw) => ({ ...args, Description: badDescription(draw) })],
  [
    'malformed address',
    (args, _, draw) => ({ ...args, HealthCheckSourceIp: badIp(draw), HealthCheckTargetIp: goodIp(draw) }),
  ],
  [
    'addresses to set and to forget',
    (args, _, draw) => ({
      ...args,
      HealthCheckSourceIp: goodIp(draw),
      HealthCheckTargetIp: goodIp(draw),
      DeleteHealthCheckIp: 'true',
    }),
  ],
  [
    'malformed number',
    (args, _, draw) => ({
      ...args,
      [draw.pick(['HcThreshold', 'HcRate'])]: draw.pick(['eight', '2.5', '1e3']),
    }),
  ],
];

const ofSpec: readonly Fault[] = [
  ...ofSubject,
  ['no spec', (args) => without(args, 'Spec')],
  ['malformed spec', (args, _, draw) => ({ ...args, Spec: badSpec(draw) })],
  [
    'spec of the other role',
    (args, _, draw) => ({ ...args, Spec: args['Spec'] === 'Negative' ? initiatorSpec(draw) : 'Negative' }),
  ],
];

const ofList: readonly Fault[] = [
  ...ofRegion,
  ['unknown filter', (args) => ({ ...args, 'Filter.2.Key': 'Colour', 'Filter.2.Value.1': 'red' })],
  [
    'more values than a filter has',
    (args) => ({
      ...args,
      'Filter.2.Key': 'Status',
      ...Object.fromEntries(
        ['Idle', 'Connecting', 'AcceptingConnecting', 'Activating', 'Active', 'Inactive'].map(
          (status, index) => [`Filter.2.Value.${index + 1}`, status],
        ),
      ),
    }),
  ],
  ['malformed page', (args, _, draw) => ({ ...args, PageSize: draw.pick(['0', '51', 'ten']) })],
];

const ofAttribute: readonly Fault[] = [...ofRegion, ['no id', (args) => without(args, 'InstanceId')]];

const onSlot: readonly (readonly [
  operation: Operation,
  faults: readonly Fault[],
  valid: (site: Site, slot: Slot, draw: Draw) => Args,
])[] = [
  ['CreateRouterInterface', ofCreation, creation],
  ['ConnectRouterInterface', ofSubject, (site, slot) => onInterface(site, slot)],
  ['ActivateRouterInterface', ofSubject, (site, slot) => onInterface(site, slot)],
  ['DeactivateRouterInterface', ofSubject, (site, slot) => onInterface(site, slot)],
  ['DeleteRouterInterface', ofSubject, (site, slot) => onInterface(site, slot)],
  ['ModifyRouterInterfaceAttribute', ofAttributes, (site, slot) => onInterface(site, slot, { Name: 'edge' })],
  [
    'ModifyRouterInterfaceSpec',
    ofSpec,
    (site, slot, draw) =>
      onInterface(site, slot, { Spec: slot === 'initiator' ? initiatorSpec(draw) : 'Negative' }),
  ],
  [
    'DescribeRouterInterfaceAttribute',
    ofAttribute,
    (site, slot) => ({ RegionId: site.region, InstanceId: site.interface(slot) }),
  ],
];

/** The inputs that are refused for their parameters. */
export function faultyInputs(): readonly Input[] {
  const short = (operation: Operation): string => operation.replace('RouterInterface', '');
  const input = (
    operation: Operation,
    on: Slot | undefined,
    [name, spoil]: Fault,
    valid: (site: Site, draw: Draw) => Args,
  ): Input => ({
    id: `${short(operation)}${on === undefined ? '' : ` ${on}`}: ${name}`,
    kind: 'faulty call',
    operation,
    ...(on === undefined ? {} : { on }),
    commands: (site, draw) => [
      call(
        operation,
        spoil(valid(site, draw), site, draw),
        // Should it be accepted against the documents, what it makes is cleaned up.
        operation === 'CreateRouterInterface' ? site.fresh(`faulty ${on}`) : undefined,
      ),
    ],
  });
  return [
    ...ofList.map((fault) => input('DescribeRouterInterfaces', undefined, fault, (site) => look(site).args)),
    ...slots.flatMap((slot) =>
      onSlot.flatMap(([operation, faults, valid]) =>
        faults.map((fault) => input(operation, slot, fault, (site, draw) => valid(site, slot, draw))),
      ),
    ),
  ];
}
