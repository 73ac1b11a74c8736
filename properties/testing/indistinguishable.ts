import type { TransitionRow } from '../../model/compile.ts';

const refusedForPeer = 'open (R78): the emulator changes no spec while the peer is being deleted';
const soon = 'a clock that the harness moves stands still until all of it is over';
const mayFollow = 'it may have followed by then, which looks the same';
const mayStay = 'a survivor that stays Active is what the other choice (A8) leads to';

/** Changes of the chart that no observation of the emulator can show, with the reason. */
const byRow: Readonly<Record<string, string>> = {
  'any: CREATE refused by R3':
    'a region that does not exist has no router either (P5), and no document gives a code for that',
  'any: MODIFY_ATTRIBUTE refused by R67':
    'R66 is possible wherever addresses are given, and has the same code',
  'Idle.awaited: DELETE refused by R56': 'open (A3): the emulator accepts it',
  'Idle.awaited: MODIFY_SPEC accept': 'open (A12): the emulator refuses it',
  'Active.bereft: MODIFY_SPEC to Activating.bereft': refusedForPeer,
  'Active.bereft: MODIFY_SPEC to Modifying.bereft': refusedForPeer,
  'Activating.bereft: PEER_GONE to Activating.connected': mayStay,
  'Modifying.bereft: PEER_GONE to Modifying.connected': mayStay,
  'Connecting.answered: PEER_DELETED to Connecting.unanswered':
    'open (A32): an initiator of the emulator never hangs because its acceptor is gone',
  // Without the row it cannot show; leading elsewhere, it permits that and something more.
  'Idle.free: MODIFY_SPEC to Idle.free':
    'through Activating or Modifying it is Idle again at any moment, also before anybody looks',
};

const frozenSoon = 'once it is Active it may be frozen at any moment, also before anybody looks';

const byChange: Readonly<Record<string, string>> = {
  'Activating.bereft: ACTIVATION_DONE to Active.bereft, redirected to Inactive.frozen': frozenSoon,
  'Modifying.bereft: SPEC_CHANGE_DONE to Active.bereft, redirected to Inactive.frozen': frozenSoon,
  'Active.following: PEER_DELETED to Active.following, redirected to Inactive.frozen': mayFollow,
  'Active.following: PEER_FOLLOWS to Deactivating, redirected to Inactive.frozen': soon,
  'Activating.following: SPEC_CHANGE_DONE to Active.following, redirected to Inactive.frozen': soon,
  'Modifying.following: SPEC_CHANGE_DONE to Active.following, redirected to Inactive.frozen': soon,
};

/** Why no observation of the emulator can show a change of the chart; undefined when one must. */
export function indistinguishable({ id, kind }: TransitionRow, change: string): string | undefined {
  if (change !== 'removed' && kind === 'replay') return 'an answer that is given again changes nothing';
  if (change !== 'removed' && kind === 'accept' && id.startsWith('any: DESCRIBE_'))
    return 'a look changes nothing';
  if (id.startsWith('SecurityLocked: ')) return 'open (A17): a security lock of the emulator refuses nothing';
  return byRow[id] ?? byChange[`${id}, ${change}`];
}

/** Entries of the lists, to find those that are about nothing. */
export const listed: readonly string[] = [...Object.keys(byRow), ...Object.keys(byChange)];
