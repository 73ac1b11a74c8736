import { filterKeys, statuses } from '../../model/spec/enums.ts';
import { type Arg, type CallCommand, ownAccount } from '../../model/vocabulary.ts';
import { type Args, call, createArgs, without } from './calls.ts';
import type { Draw } from './draw.ts';
import type { Plan } from './plan.ts';
import { goodName, groups, owners, tag, unknownId, unknownRegion } from './values.ts';

/** A page walk over the sequence's own routers: small pages, each once. */
export function pages(draw: Draw, plan: Plan): CallCommand[] {
  const { args } = plan.look;
  const size = draw.int(1, 3);
  const count = Math.ceil(plan.count / size) + draw.int(0, 1);
  return Array.from({ length: Math.max(1, count) }, (_, index) =>
    call('DescribeRouterInterfaces', { ...args, PageSize: String(size), PageNumber: String(index + 1) }),
  );
}

/** One value more than a key may have, and one key more than a request may have (R81). */
const sixValues = (key: string, values: readonly string[]): Args => ({
  'Filter.2.Key': key,
  ...Object.fromEntries(values.slice(0, 6).map((value, index) => [`Filter.2.Value.${index + 1}`, value])),
});
const sixKeys = (): Args =>
  Object.fromEntries(
    Array.from({ length: 5 }, (_, index) => [
      [`Filter.${index + 2}.Key`, 'RouterType'],
      [`Filter.${index + 2}.Value.1`, 'VRouter'],
    ]).flat(),
  );

/** Three to five keys at once, each of which lets something through: they are ANDed (R81). */
function manyKeys(draw: Draw, plan: Plan): Args {
  const name = plan.anyInterface(draw) ?? 'ri#1';
  const keys: (readonly [key: string, values: readonly Arg[]])[] = [
    ['RouterType', ['VRouter']],
    ['Status', [draw.pick(statusNames), draw.pick(statusNames), draw.pick(statusNames)]],
    ['RouterInterfaceId', [unknownId(draw), { ref: plan.anyInterface(draw) ?? 'ri#1' }, { ref: name }]],
    ['RouterId', [plan.routerOf(name)]],
    ['OppositeRouterType', ['VBR', 'VRouter']],
    ['OppositeRouterId', [{ ref: `router#${draw.int(1, plan.routers)}` }]],
    ['Name', [...plan.names.slice(0, 2), nameToFind(draw, plan)]],
    ['OppositeInterfaceOwnerId', [draw.pick(owners)]],
  ];
  // The routers of the sequence stay the first key: only what is on them can be judged in full.
  const chosen = shuffled(draw, keys).slice(0, draw.int(2, 4));
  return Object.fromEntries(
    chosen.flatMap(([key, values], index) => [
      [`Filter.${index + 2}.Key`, key],
      ...values.map((value, at) => [`Filter.${index + 2}.Value.${at + 1}`, value]),
    ]),
  ) as Args;
}

function shuffled<T>(draw: Draw, list: readonly T[]): T[] {
  const rest = [...list];
  return list.map(() => rest.splice(draw.int(0, rest.length - 1), 1)[0] as T);
}

const statusNames = statuses.map(({ name }) => name).filter((name) => name !== 'Deleted');

/** A name that is there, the beginning of one, or one that is nowhere. */
function nameToFind(draw: Draw, plan: Plan): string {
  const name = plan.names.length === 0 ? 'none-such' : draw.pick(plan.names);
  return draw.chance(50) ? name : name.slice(0, Math.max(1, name.length - 1));
}

/** A tag that is there, its key with another value or with none, or one that is nowhere. */
function tagToFind(draw: Draw, plan: Plan): Args {
  const [key, value] = plan.tags.length === 0 ? ['none-such', 'a'] : draw.pick(plan.tags);
  return draw.weighted<() => Args>([
    [3, () => ({ 'Tags.1.Key': key, 'Tags.1.Value': value })],
    [3, () => ({ 'Tags.1.Key': key, 'Tags.1.Value': value === 'a' ? 'z' : 'a' })],
    [1, () => ({ 'Tags.1.Key': key })],
    [1, () => tag(draw, 1)],
  ])();
}

/** A creation with everything by which a list can be narrowed besides the fields of the link. */
function labelledArgs(draw: Draw, plan: Plan, role: string, router: number): Args {
  return {
    ...createArgs(draw, plan, role, router),
    ...tag(draw, 1),
    Name: goodName(draw),
    ResourceGroupId: draw.pick(groups),
    OppositeInterfaceOwnerId: ownAccount,
  };
}

/** Lists by what {@link labelledArgs} sets: each key with a value that is there and with one that is not. */
function labelledLists(draw: Draw, plan: Plan): CallCommand[] {
  const list = (more: Args): CallCommand => call('DescribeRouterInterfaces', { ...plan.look.args, ...more });
  const by = (key: string): CallCommand[] =>
    shuffled(draw, owners)
      .slice(0, 2)
      .map((owner) => list({ 'Filter.2.Key': key, 'Filter.2.Value.1': owner }));
  return draw.pick([
    // At most one of two accounts is the caller's.
    by('RouterInterfaceOwnerId'),
    by('OppositeInterfaceOwnerId'),
    groups.map((group) => list({ ResourceGroupId: group })),
    [1, 2].map(() => list({ 'Filter.2.Key': 'Name', 'Filter.2.Value.1': nameToFind(draw, plan) })),
    [list(tagToFind(draw, plan)), list(tagToFind(draw, plan))],
  ]);
}

/** Lists with filters of every kind, paging on its boundaries, and requests that are refused. */
export function describeList(draw: Draw, plan: Plan): CallCommand {
  const { args } = plan.look;
  const ri = (): Arg => ({ ref: plan.anyInterface(draw) ?? 'ri#1' });
  return call(
    'DescribeRouterInterfaces',
    draw.weighted<() => Args>([
      [
        5,
        () => ({
          ...args,
          'Filter.2.Key': 'Status',
          'Filter.2.Value.1': draw.pick(statusNames),
          'Filter.2.Value.2': draw.pick(statusNames),
        }),
      ],
      [3, () => ({ ...args, 'Filter.2.Key': 'Status', 'Filter.2.Value.1': draw.pick(statusNames) })],
      [
        3,
        () => ({
          RegionId: plan.region,
          'Filter.1.Key': 'RouterInterfaceId',
          'Filter.1.Value.1': ri(),
          'Filter.1.Value.2': ri(),
        }),
      ],
      [
        2,
        () => ({
          RegionId: plan.region,
          'Filter.1.Key': 'RouterInterfaceId',
          'Filter.1.Value.1': unknownId(draw),
        }),
      ],
      [2, () => ({ RegionId: plan.region, 'Filter.1.Key': 'OppositeInterfaceId', 'Filter.1.Value.1': ri() })],
      [
        2,
        () => ({
          ...args,
          'Filter.2.Key': 'OppositeRouterId',
          'Filter.2.Value.1': { ref: `router#${draw.int(1, plan.routers)}` },
        }),
      ],
      [
        plan.names.length > 0 ? 8 : 1,
        () => ({ ...args, 'Filter.2.Key': 'Name', 'Filter.2.Value.1': nameToFind(draw, plan) }),
      ],
      [
        2,
        () => ({ ...args, 'Filter.2.Key': 'RouterType', 'Filter.2.Value.1': draw.pick(['VRouter', 'VBR']) }),
      ],
      [2, () => ({ ...args, 'Filter.2.Key': 'OppositeRouterType', 'Filter.2.Value.1': 'VRouter' })],
      [
        2,
        () => ({
          RegionId: plan.region,
          'Filter.1.Key': 'RouterId',
          'Filter.1.Value.1': { ref: 'router#1' },
        }),
      ],
      [
        3,
        () => ({
          ...args,
          'Filter.2.Key': draw.pick(['Role', 'Spec', 'routerid', 'BusinessStatus']),
          'Filter.2.Value.1': 'x',
        }),
      ],
      [2, () => ({ ...args, 'Filter.2.Value.1': 'Idle' })],
      [3, () => ({ ...args, PageSize: draw.pick(['0', '51', '-1', 'ten']) })],
      [2, () => ({ ...args, PageNumber: draw.pick(['0', '-1', 'one']) })],
      [2, () => without(args, 'PageSize')],
      [2, () => ({ ...args, PageSize: '50', PageNumber: '2' })],
      [3, () => ({ ...args, RegionId: plan.otherRegion })],
      [2, () => ({ ...args, RegionId: unknownRegion(draw) })],
      [3, () => without(args, 'RegionId')],
      [2, () => ({ RegionId: plan.region, PageSize: draw.pick(['1', '50']) })],
      [6, () => ({ ...args, ...manyKeys(draw, plan) })],
      [
        2,
        () => ({ ...args, 'Filter.2.Key': 'RouterInterfaceOwnerId', 'Filter.2.Value.1': draw.pick(owners) }),
      ],
      [
        4,
        () => ({
          ...args,
          'Filter.2.Key': 'OppositeInterfaceOwnerId',
          'Filter.2.Value.1': draw.pick(owners),
        }),
      ],
      [plan.tags.length > 0 ? 10 : 2, () => ({ ...args, ...tagToFind(draw, plan) })],
      [plan.isGrouped ? 8 : 2, () => ({ ...args, ResourceGroupId: draw.pick(groups) })],
      [2, () => ({ ...args, ...sixValues('Status', statusNames) })],
      [1, () => ({ ...args, ...sixKeys() })],
      [1, () => ({ ...args, 'Filter.2.Key': draw.pick(filterKeys), 'Filter.2.Value.1': 'none-such' })],
    ])(),
  );
}

/** Lists by tag, resource group and owner, with something in them to be found. */
export function labelled(draw: Draw, plan: Plan): void {
  if (!plan.isGrouped || plan.count < 2) {
    const role = draw.pick(['InitiatingSide', 'AcceptingSide']);
    const args = labelledArgs(draw, plan, role, draw.int(1, plan.routers));
    plan.add(call('CreateRouterInterface', args, plan.freshName()));
  }
  plan.add(...labelledLists(draw, plan));
}
