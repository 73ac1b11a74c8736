import type { Tables } from '../compile.ts';
import { type Mismatch, show } from '../mismatch.ts';
import { findInterface, inStates, type World, withKnowledge } from '../world.ts';
import { isUnset } from './differs.ts';
import { checkItem } from './item.ts';
import type { Look } from './list.ts';
import { glimpsed, instantOf, recognised } from './recognise.ts';
import { freshReading, laggingReadings } from './versions.ts';

type Args = Readonly<Record<string, string>>;
type Body = Readonly<Record<string, unknown>>;

/**
 * Judges a DescribeRouterInterfaceAttribute answer against one world. For an interface that is not
 * there, an answer with an empty RouterInterfaceId is one of the permitted shapes (A25).
 */
export function lookAtAttribute(
  tables: Tables,
  world: World,
  args: Args,
  body: Body,
  now: number,
  lagging: boolean,
): Look {
  const each = findInterface(world, args['InstanceId']);
  const id = body['RouterInterfaceId'];
  const empty = isUnset(id);
  if (each === undefined || each.regionId !== args['RegionId']) {
    if (empty) return { world, mismatches: [] };
    const rules = each === undefined ? ['R84'] : ['R6'];
    return {
      world,
      mismatches: [
        {
          field: 'RouterInterfaceId',
          rules,
          expected: 'empty: there is no such interface',
          observed: show(id),
        },
      ],
    };
  }
  const readings = lagging
    ? laggingReadings(tables, world, each, now)
    : [freshReading(tables, world, each, now)];
  const gone = tables.labelled(null);
  let best: readonly Mismatch[] | undefined;
  for (const { interface: believed, states } of readings) {
    if (empty) {
      if (believed === null || (states & gone) !== 0) {
        return {
          world: lagging ? world : withKnowledge(world, inStates(each, states & gone)),
          mismatches: [],
        };
      }
      continue;
    }
    if (believed === null || (states & ~gone) === 0) continue;
    const differences = [
      ...(id === each.id
        ? []
        : [
            {
              field: 'RouterInterfaceId',
              rules: ['R14'],
              expected: show(each.id),
              observed: show(id),
              interfaceId: each.id,
            },
          ]),
      ...checkItem(tables, world, believed, states & ~gone, body, 'attribute', now, lagging),
    ];
    if (differences.length === 0) {
      return {
        world: withKnowledge(
          world,
          lagging
            ? glimpsed(each, believed, body, 'attribute')
            : recognised(tables, believed, states, body, 'attribute', instantOf(world, now)),
        ),
        mismatches: [],
      };
    }
    if (best === undefined || differences.length < best.length) best = differences;
  }
  const rules = each.cause.event === 'DELETE' ? each.cause.rules : ['R14'];
  const expected = empty ? show(each.id) : 'empty: it was deleted';
  return {
    world,
    mismatches: best ?? [
      { field: 'RouterInterfaceId', rules, expected, observed: show(id), interfaceId: each.id },
    ],
  };
}
