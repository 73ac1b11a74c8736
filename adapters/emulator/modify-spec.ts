import { isAccepting } from './connect-interface.ts';
import { specFits } from './create-interface.ts';
import { financialGuard, interfaceGuard } from './interface-guards.ts';
import { type Body, type Call, type Guard, type Operation, targetOf } from './operation.ts';
import { regionGuard } from './regions.ts';
import { isSpec } from './specs.ts';
import { tokenGuard } from './tokens.ts';
import type { RouterInterface } from './world.ts';

const guards: readonly Guard[] = [
  financialGuard('financialSpec'),
  {
    name: 'spec',
    kind: 'parameter',
    check: ({ params, settings }) =>
      isSpec(params['Spec'] ?? '', settings.profile.extraSpecs === 'accept') ? undefined : 'spec',
  },
  regionGuard('region'),
  interfaceGuard('interfaceRecord'),
  {
    // R74, and by the same reading a bandwidth spec for the initiator (A13).
    name: 'roleSpec',
    kind: 'parameter',
    check: ({ params, ri, settings }) =>
      ri && settings.profile.specMismatch === 'refuse' && !specFits(ri.role, params['Spec'])
        ? 'spec'
        : undefined,
  },
  {
    name: 'status',
    kind: 'status',
    check: (call) => (call.ri && !changeable(call, call.ri) ? 'specStatus' : undefined),
  },
  {
    // R78 can only concern a linked interface: an Idle one without a peer changes freely (T13).
    name: 'peer',
    kind: 'state',
    check: ({ ri, world }) =>
      ri?.peerId !== undefined && (world.interfaces.get(ri.peerId)?.status ?? 'Deleting') === 'Deleting'
        ? 'specPeer'
        : undefined,
  },
  tokenGuard,
];

/** A12: Active and Idle are accepted everywhere, Inactive by profile, transitional statuses never. */
function changeable(call: Call, ri: RouterInterface): boolean {
  if (ri.status === 'Inactive') return call.settings.profile.specChangeInactive === 'accept';
  return ri.status === 'Active' || (ri.status === 'Idle' && !isAccepting(call, ri));
}

/** ModifyRouterInterfaceSpec: the new spec counts from acceptance on; the status shows the change for a while. */
export const modifySpec: Operation = {
  mandatory: ['RegionId', 'RouterInterfaceId', 'Spec'],
  target: 'RouterInterfaceId',
  token: true,
  guards,
  perform: change,
  refused: ({ params, ri, settings }, reason) => {
    if (ri && reason === 'financialSpec' && settings.is('refused-spec-applies'))
      ri.spec = params['Spec'] ?? ri.spec;
  },
};

function change(call: Call): Body {
  const { params, settings } = call;
  const ri = targetOf(call);
  const asked = params['Spec'] ?? '';
  const normalised = settings.profile.specMismatch === 'normalise' && !specFits(ri.role, asked);
  const before = ri.spec;
  if (!settings.is('spec-not-changed')) {
    ri.spec = normalised ? 'Negative' : asked;
    if (!settings.is('bandwidth-not-updated')) ri.bandwidthSpec = ri.spec;
  }
  ri.specChanges += 1;
  showChange(call, ri);
  if (settings.is('spec-echo-wrong')) return { Spec: before };
  return { Spec: normalised ? 'Negative' : asked };
}

/** R79, A12: an Active or Idle interface passes through a transitional status and comes back. */
function showChange({ settings, world }: Call, ri: RouterInterface): void {
  const { specChangeActive, specChangeIdle } = settings.profile;
  const during =
    ri.status === 'Active' ? specChangeActive : ri.status === 'Idle' ? specChangeIdle : 'unchanged';
  if (during === 'unchanged') return;
  const after = settings.is('spec-change-ends-inactive') && ri.status === 'Active' ? 'Inactive' : ri.status;
  ri.status = during;
  if (settings.is('spec-change-for-ever')) return;
  world.timeline.after(settings.specChangeMs, () => {
    ri.status = after;
  });
}
