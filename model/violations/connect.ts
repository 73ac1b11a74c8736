import type { Tables } from '../compile.ts';
import { possibleStates } from '../possible-states.ts';
import { findInterface, type Interface, type World } from '../world.ts';
import { Collector, type Violations } from './collect.ts';
import { checkSubject } from './common.ts';

type Args = Readonly<Record<string, string>>;

/** Rules that a ConnectRouterInterface violates, other than by the status of the initiator. */
export function connectViolations(
  tables: Tables,
  world: World,
  args: Args,
  subject: Interface | undefined,
  now: number,
): Violations {
  const found = new Collector(tables, 'CONNECT');
  checkSubject(found, world, args, subject);
  if (world.overdue) found.certain('R41');
  else if (world.interfaces.some(({ business }) => business === 'FinancialLocked')) found.possible('R41');
  if (subject === undefined) return found;
  if (!subject.trusted) {
    for (const rule of ['R33', 'R35', 'R36', 'R37', 'R38', 'R39', 'R40']) found.possible(rule);
    return found;
  }
  if (subject.role !== 'InitiatingSide') found.certain('R33');
  const { opposite } = subject;
  if (opposite.interfaceId === undefined || opposite.routerId === undefined) found.certain('R35');
  // Never sent for a link inside one account, and never missed there (A33); the type has a default (A11).
  else if (opposite.ownerId === undefined || opposite.routerType === undefined) found.possible('R35');
  const peer = findInterface(world, opposite.interfaceId);
  checkPeer(found, tables, world, subject, peer, now);
  checkPair(found, tables, world, subject, peer, now);
  return found;
}

function checkPeer(
  found: Collector,
  tables: Tables,
  world: World,
  subject: Interface,
  peer: Interface | undefined,
  now: number,
): void {
  const { opposite } = subject;
  const sameRouter = opposite.routerId === subject.routerId || opposite.interfaceId === subject.id;
  if (sameRouter) found.certain('R37');
  if (peer === undefined) {
    found.certain('R36');
    return;
  }
  const gone = tables.labelled(null) | tables.labelled('Deleting');
  const states = possibleStates(tables, world, peer, now);
  if (!sameRouter && peer.routerId === subject.routerId) {
    // Where it really is counts as long as it is there, in the region where it is said to be.
    if ((states & gone) === 0 && peer.regionId === opposite.regionId) found.certain('R37');
    else found.possible('R37');
  }
  if (!peer.trusted) {
    found.possible('R36');
    found.possible('R40');
    return;
  }
  if ((states & ~gone) === 0 || peer.opposite.interfaceId !== subject.id) found.certain('R36');
  else {
    // The four parameters are there to be verified (E2016): an end that tells of another router, or is
    // no acceptor, does not answer.
    const verified =
      peer.role === 'AcceptingSide' &&
      opposite.routerId === peer.routerId &&
      peer.opposite.routerId === subject.routerId;
    const consistent =
      (states & gone) === 0 &&
      opposite.routerType !== 'VBR' &&
      peer.opposite.routerType !== 'VBR' &&
      opposite.regionId === peer.regionId &&
      peer.opposite.regionId === subject.regionId;
    // One that asks for the owner (A33), or for the type (A11), may ask for it at both ends.
    const told = peer.opposite.ownerId !== undefined && peer.opposite.routerType !== undefined;
    if (!verified) found.certain('R36');
    else if (!consistent) found.possible('R36');
    if (!told) found.possible('R35');
    // Pointing back, yet not free: no document names the code for the acceptor's side.
    if ((states & ~tables.labelled('Idle')) !== 0 || peer.link !== null) found.possible('R40');
  }
}

/** At most one connected pair between any two routers (R38), and no two connects at once (R39). */
function checkPair(
  found: Collector,
  tables: Tables,
  world: World,
  subject: Interface,
  peer: Interface | undefined,
  now: number,
): void {
  const connecting = tables.labelled('Connecting');
  const gone = tables.labelled(null);
  const leaving = gone | tables.labelled('Deleting');
  const possible = (each: Interface): number => possibleStates(tables, world, each, now);
  for (const initiator of world.interfaces) {
    if (initiator.role !== 'InitiatingSide' && initiator.trusted) continue;
    const acceptor = findInterface(world, initiator.link ?? initiator.opposite.interfaceId);
    const states = possible(initiator);
    const towards = acceptor?.routerId ?? initiator.opposite.routerId;
    const same = samePair(initiator.routerId, towards, subject.routerId, peer?.routerId);
    const told = samePair(initiator.routerId, towards, subject.routerId, subject.opposite.routerId);
    if (!same && !told) continue;
    if (!initiator.trusted || acceptor?.trusted === false) {
      found.possible('R38');
      found.possible('R39');
      continue;
    }
    if (initiator.link !== null && acceptor !== undefined) {
      const both = possible(acceptor) | states;
      // What it was told of its peer may differ from what its peer is.
      if ((both & leaving) === 0 && same && told) found.certain('R38');
      else if ((possible(acceptor) & ~gone) !== 0 && (states & ~gone) !== 0) found.possible('R38');
    }
    if ((states & connecting) !== 0) found.possible('R39');
  }
}

function samePair(a1: string, a2: string | undefined, b1: string, b2: string | undefined): boolean {
  if (a2 === undefined || b2 === undefined) return false;
  return (a1 === b1 && a2 === b2) || (a1 === b2 && a2 === b1);
}
