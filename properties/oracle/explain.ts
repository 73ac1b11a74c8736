import type { Tables } from '../../model/compile.ts';
import { lookAtAttribute } from '../../model/describe/attribute.ts';
import { lookAtList } from '../../model/describe/list.ts';
import { type Mismatch, show } from '../../model/mismatch.ts';
import type { Outcome } from '../../model/outcomes.ts';
import type { Call, Permitted } from '../../model/permitted.ts';
import { already, concurrently, fitsOf, type Refused } from '../../model/refusals.ts';
import { findInterface, type World } from '../../model/world.ts';
import type { Judged } from './envelope.ts';

type Body = Readonly<Record<string, unknown>>;

/** One outcome that may explain what was seen, and what in the answer it leaves unexplained. */
export interface Explanation {
  readonly outcome: Outcome;
  readonly worlds: readonly World[];
  readonly mismatches: readonly Mismatch[];
}

/** The outcomes of one world that may explain an answer; `now` and `lagging` matter to what is read. */
export function explainAnswer(
  tables: Tables,
  world: World,
  call: Call,
  permits: Permitted,
  reading: Judged,
  now: number,
  lagging: boolean,
): readonly Explanation[] {
  return reading.kind === 'refusal'
    ? explainRefusal(world, call, permits, reading)
    : explainSuccess(tables, world, call, permits, reading.body, now, lagging);
}

/** The outcomes of one world that are refusals as `refused` came. */
export function explainRefusal(
  world: World,
  call: Call,
  permits: Permitted,
  refused: Refused,
): Explanation[] {
  const listed: Explanation[] = [];
  const open: Explanation[] = [];
  const fits = fitsOf(call.operation, refused, world.env.edition);
  for (const outcome of permits.outcomes) {
    if (outcome.kind !== 'refusal') continue;
    const fit = fits.byAny(outcome.rules);
    if (fit === false) continue;
    (fit === 'listed' ? listed : open).push({
      outcome,
      worlds: permits.next(outcome, {}),
      mismatches: messageMismatch(outcome, refused),
    });
  }
  // A code that is given for one of the rules was not meant for one that has none.
  return listed.length > 0 ? listed : open;
}

/**
 * The one-pair rule has one code and two messages: "concurrently" is a lie when nothing is connecting.
 * Other texts are the target's own business.
 */
function messageMismatch(outcome: Outcome, refused: Refused): Mismatch[] {
  if (refused.code !== 'Forbidden.OnlyOneConnection') return [];
  const says = refused.message.startsWith(concurrently)
    ? 'R39'
    : refused.message.startsWith(already)
      ? 'R38'
      : undefined;
  if (says === undefined || outcome.rules.includes(says)) return [];
  // The other way round nothing is certain: what was connecting may be connected by now.
  if (says === 'R38') return [];
  return [{ field: 'Message', rules: [says], expected: show(already), observed: show(refused.message) }];
}

/** The outcomes of one world that are a success with this body. */
export function explainSuccess(
  tables: Tables,
  world: World,
  call: Call,
  permits: Permitted,
  body: Body,
  now: number,
  lagging: boolean,
): Explanation[] {
  const found: Explanation[] = [];
  for (const outcome of permits.outcomes) {
    if (outcome.kind === 'refusal') continue;
    if (
      call.operation === 'DescribeRouterInterfaces' ||
      call.operation === 'DescribeRouterInterfaceAttribute'
    ) {
      const look = call.operation === 'DescribeRouterInterfaces' ? lookAtList : lookAtAttribute;
      const { world: seen, mismatches } = look(tables, world, call.args, body, now, lagging);
      found.push({ outcome, worlds: [seen], mismatches });
      continue;
    }
    const mismatches = outcome.kind === 'replay' ? checkReplay(permits, body) : checkBody(world, call, body);
    // What it made is unknown, or something else.
    const unnamed = mismatches.some(({ field }) => field === 'RouterInterfaceId');
    if (outcome.kind === 'success' && call.operation === 'CreateRouterInterface' && unnamed) {
      found.push({ outcome, worlds: [world], mismatches });
    } else found.push({ outcome, worlds: permits.next(outcome, body), mismatches });
  }
  return found;
}

/** What a success must carry: the id of what was made (R14), the spec that was set (R79). */
function checkBody(world: World, { operation, args }: Call, body: Body): Mismatch[] {
  if (operation === 'CreateRouterInterface') {
    const id = body['RouterInterfaceId'];
    if (typeof id !== 'string' || id === '') {
      return [
        {
          field: 'RouterInterfaceId',
          rules: ['R14'],
          expected: 'the id of the new interface',
          observed: show(id),
        },
      ];
    }
    if (world.interfaces.some((each) => each.id === id)) {
      return [
        {
          field: 'RouterInterfaceId',
          rules: ['R14'],
          expected: 'an id that no interface had before',
          observed: show(id),
        },
      ];
    }
    const order = body['OrderId'];
    if (order !== undefined && args['InstanceChargeType'] !== 'PrePaid') {
      return [
        { field: 'OrderId', rules: ['R14'], expected: 'no OrderId without PrePaid', observed: show(order) },
      ];
    }
  }
  if (operation === 'ModifyRouterInterfaceSpec') {
    const spec = body['Spec'];
    const role = findInterface(world, args['RouterInterfaceId'])?.role;
    // A spec that does not suit the role may have been normalised (A13).
    if (spec !== args['Spec'] && !(spec === 'Negative' && role !== 'InitiatingSide')) {
      return [{ field: 'Spec', rules: ['R79'], expected: show(args['Spec']), observed: show(spec) }];
    }
  }
  return [];
}

/** A request repeated under its ClientToken is answered with what the first one made (R32). */
function checkReplay({ violations: { repeats } }: Permitted, body: Body): Mismatch[] {
  const id = body['RouterInterfaceId'];
  if (repeats?.made === undefined || id === repeats.made) return [];
  return [
    {
      field: 'RouterInterfaceId',
      rules: ['R32'],
      expected: `${show(repeats.made)}, as the first time`,
      observed: show(id),
    },
  ];
}
