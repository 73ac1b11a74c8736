import type { Guard } from './operation.ts';
import type { Reason } from './refusals.ts';

/** Returns the guard of R4: the interface that the call names exists, in the region that it names (R6). */
export function interfaceGuard(reason: Reason): Guard {
  return { name: 'interface', kind: 'existence', check: ({ ri }) => (ri ? undefined : reason) };
}

/** Returns the guard for an interface that is itself locked for bills (R46, R52, R70, R76). */
export function financialGuard(reason: Reason): Guard {
  return {
    name: 'financial',
    kind: 'state',
    check: ({ ri }) => (ri?.businessStatus === 'FinancialLocked' ? reason : undefined),
  };
}

/** R55: an operation lock is held on the interface. */
export const lockGuard: Guard = {
  name: 'lock',
  kind: 'state',
  check: ({ ri }) => (ri?.operationLocked === true ? 'operationLocked' : undefined),
};
