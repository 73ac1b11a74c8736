import type { Tables } from '../compile.ts';
import { possibleStates } from '../possible-states.ts';
import { replays, type ReplayPossible } from '../tokens.ts';
import { findInterface, type Interface, type World } from '../world.ts';
import { Collector, type Violations } from './collect.ts';
import { checkSubject } from './common.ts';
import { specValidity } from './parameters.ts';

type Args = Readonly<Record<string, string>>;

/** Rules that an ActivateRouterInterface violates, other than by status and locks. */
export function activateViolations(
  tables: Tables,
  world: World,
  args: Args,
  subject: Interface | undefined,
  now: number,
): Violations {
  const found = new Collector(tables, 'ACTIVATE');
  checkSubject(found, world, args, subject);
  const peer = findInterface(world, subject?.link ?? undefined);
  if (peer !== undefined) {
    const gone = tables.labelled(null);
    const states = possibleStates(tables, world, peer, now);
    // Only the newest edition has the row; the others are silent.
    if (world.env.edition === 'E2026' && states === gone) found.certain('R50');
    else if ((states & gone) !== 0) found.possible('R50');
  }
  return found;
}

/** Rules that a DeactivateRouterInterface violates, other than by status and locks. */
export function deactivateViolations(
  tables: Tables,
  world: World,
  args: Args,
  subject: Interface | undefined,
): Violations {
  const found = new Collector(tables, 'DEACTIVATE');
  checkSubject(found, world, args, subject);
  return found;
}

/** Rules that a DeleteRouterInterface violates, other than by status and locks. */
export function deleteViolations(
  tables: Tables,
  world: World,
  args: Args,
  subject: Interface | undefined,
  now: number,
): Violations & ReplayPossible {
  const found = new Collector(tables, 'DELETE');
  checkSubject(found, world, args, subject);
  for (const route of world.routes) {
    if (route.nextHop !== subject?.id) continue;
    if (route.leavingSince === undefined) found.certain('R57');
    else if (now - route.leavingSince <= world.env.bounds.settleMs) found.possible('R57');
  }
  const repeated = replays(found, world, 'DeleteRouterInterface', args);
  return { must: found.must, may: found.may, ...repeated };
}

/** Rules that a ModifyRouterInterfaceSpec violates, other than by status and locks. */
export function modifySpecViolations(
  tables: Tables,
  world: World,
  args: Args,
  subject: Interface | undefined,
): Violations & ReplayPossible {
  const found = new Collector(tables, 'MODIFY_SPEC');
  checkSubject(found, world, args, subject);
  const spec = args['Spec'];
  if (spec === undefined || spec === '') found.certain('P4');
  else {
    const validity = specValidity(spec);
    if (validity === 'invalid') found.certain('R73');
    else if (validity === 'open') found.possible('R73');
    // Negative is for acceptors and for them only; refused or normalised (A13).
    if (subject !== undefined && validity !== 'invalid') {
      if (!subject.trusted || (subject.role === 'AcceptingSide') !== (spec === 'Negative'))
        found.possible('R74');
    }
  }
  if (subject !== undefined) {
    const peer = findInterface(world, subject.link ?? subject.opposite.interfaceId);
    const gone = tables.labelled(null) | tables.labelled('Deleting');
    // Accepted on an interface that was never told of a peer, so presumably a rule for connected ones.
    if (peer === undefined || !peer.trusted || (tables.closure(peer.states) & gone) !== 0)
      found.possible('R78');
  }
  const repeated = replays(found, world, 'ModifyRouterInterfaceSpec', args);
  return { must: found.must, may: found.may, ...repeated };
}
