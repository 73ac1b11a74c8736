import { refusedAnywhere } from './chart-refusals.ts';
import { accept, byItself, chart, lockedOut, refuse, withPeer, wrongStatus } from './chart-transitions.ts';

/**
 * The lifecycle of one router interface, as the documents tell it.
 *
 * This chart decides: the tables that the oracle steps through are compiled from it, and no other
 * code knows which status an operation needs or leads to. Three conventions carry everything:
 *
 * - A refusal is a transition too: without a target, with the rule it rests on.
 * - Where several rules are violated at once no document gives the order, so every refusal whose
 *   guard holds is permitted (A1); XState itself takes the first, which is one such order.
 * - Time is an event. Nothing here waits: `CONNECTION_ESTABLISHED` may come at any moment.
 */

/** Refusals of the operations that need a status which this state does not have. */
const refusesInState = {
  connect: { CONNECT: wrongStatus('R34') },
  activate: { ACTIVATE: wrongStatus('R45') },
  deactivate: { DEACTIVATE: wrongStatus('R51') },
  delete: { DELETE: wrongStatus('R56') },
  /** R61 for the status; R71 because an interface that is changing is busy. */
  modify: { MODIFY_ATTRIBUTE: wrongStatus(['R61', 'R71']), MODIFY_SPEC: wrongStatus('R77') },
};
const refusesAll = {
  ...refusesInState.connect,
  ...refusesInState.activate,
  ...refusesInState.deactivate,
  ...refusesInState.delete,
  ...refusesInState.modify,
};

const changesAttributes = accept('MODIFY_ATTRIBUTE', { source: 'T15', rules: ['R72', 'R16'] });

/** Name and health check can change in any settled state; opposite information not once connected (A10). */
const modifyWhenConnected = {
  MODIFY_ATTRIBUTE: [refuse('R62', 'A10'), changesAttributes],
};

const deletes = (source: string) =>
  accept('DELETE', { target: 'Deleting', source, rules: ['R56', 'R59', 'R60'] });

/** A spec change, on a target that goes about it that way (A12). */
const changesSpec = (target: string, source: string, value: string) =>
  accept('MODIFY_SPEC', { target, source, rules: ['R79'], choice: { id: 'A12', value } });

const idleSpecChange = {
  MODIFY_SPEC: [
    changesSpec('Idle.free', 'T13', 'at once'),
    changesSpec('Activating.unconnected', 'T13', 'through Activating'),
    changesSpec('Modifying.unconnected', 'T13', 'through Modifying'),
  ],
};

/** The peer is being deleted, on a target that then freezes the survivor (A8). */
const bereaves = (target: string) =>
  withPeer(target, 'T20', ['R60'], { id: 'A8', value: 'becomes Inactive' });

const lifecycle = {
  id: 'lifecycle',
  initial: 'gone' as const,
  states: {
    gone: {
      id: 'gone',
      meta: { label: null },
      on: {
        CREATE: accept('CREATE', { target: 'Idle.free', source: 'T1', rules: ['R13', 'R14', 'R29', 'R30'] }),
        CONNECT: wrongStatus('R4'),
        ACTIVATE: wrongStatus('R4'),
        DEACTIVATE: wrongStatus('R4'),
        DELETE: wrongStatus('R5'),
        MODIFY_ATTRIBUTE: wrongStatus('R4'),
        MODIFY_SPEC: wrongStatus('R4'),
        DESCRIBE_ATTRIBUTE: wrongStatus('R84', 'A25'),
      },
    },
    Idle: {
      id: 'Idle',
      on: {
        ...refusesInState.activate,
        ...refusesInState.deactivate,
        DELETE: deletes('T16'),
        MODIFY_ATTRIBUTE: accept('MODIFY_ATTRIBUTE', { source: 'T14', rules: ['R29', 'R72', 'R16'] }),
        CONNECT: [
          accept('CONNECT', { target: 'Connecting.answered', source: 'T3', rules: ['R33', 'R34', 'R43'] }),
          // Nobody points back: most answer with a refusal, but a target may let it hang (A4).
          accept('CONNECT', { target: 'Connecting.unanswered', rules: ['R36'], only: 'R36' }),
        ],
      },
      initial: 'free' as const,
      states: {
        free: {
          meta: { label: 'Idle' },
          on: {
            ...idleSpecChange,
            PEER_CONNECTS: [
              withPeer('AcceptingConnecting', 'T5', ['R43'], { id: 'A3', value: 'AcceptingConnecting' }),
              withPeer('Idle.awaited', 'T5', ['R43'], { id: 'A3', value: 'Idle' }),
            ],
          },
        },
        /** The acceptor, while its initiator connects, on a target that shows it Idle meanwhile (A3). */
        awaited: {
          meta: { label: 'Idle', transitional: true },
          on: {
            // It looks Idle, but is being connected: it may count as busy.
            DELETE: wrongStatus('R56', 'A3'),
            MODIFY_ATTRIBUTE: wrongStatus(['R61', 'R71'], 'A3'),
            MODIFY_SPEC: [wrongStatus('R77', 'A12'), accept('MODIFY_SPEC', { rules: ['R79'] })],
            CONNECTION_ESTABLISHED: byItself('Active.linked', 'T6', ['R43']),
          },
        },
      },
    },
    Connecting: {
      id: 'Connecting',
      on: { ...refusesAll },
      initial: 'answered' as const,
      states: {
        answered: {
          meta: { label: 'Connecting', transitional: true },
          on: {
            CONNECTION_ESTABLISHED: byItself('Active.linked', 'T4', ['R43']),
            // The acceptor went away half-way: no edition says what becomes of the initiator (A32).
            PEER_DELETED: withPeer('Connecting.unanswered', 'T20', ['R43'], { id: 'A32', value: 'hangs' }),
          },
        },
        unanswered: {
          meta: { label: 'Connecting', transitional: true, unbounded: true },
          on: { CONNECTION_ABANDONED: byItself('Idle.free', 'A4', ['R36']) },
        },
      },
    },
    AcceptingConnecting: {
      id: 'AcceptingConnecting',
      meta: { label: 'AcceptingConnecting', transitional: true },
      on: { ...refusesAll, CONNECTION_ESTABLISHED: byItself('Active.linked', 'T6', ['R43']) },
    },
    Active: {
      id: 'Active',
      on: {
        ...refusesInState.connect,
        ...refusesInState.activate,
        ...refusesInState.delete,
        ...modifyWhenConnected,
        DEACTIVATE: accept('DEACTIVATE', { target: 'Deactivating', source: 'T7', rules: ['R51', 'R53'] }),
        MODIFY_SPEC: [
          changesSpec('Activating.connected', 'T11', 'through Activating'),
          changesSpec('Modifying.connected', 'T11', 'through Modifying'),
        ],
      },
      initial: 'linked' as const,
      states: {
        linked: {
          meta: { label: 'Active' },
          on: {
            PEER_DEACTIVATES: withPeer('Deactivating', 'T18', ['R54'], { id: 'A7', value: 'both' }),
            PEER_DELETED: bereaves('Active.bereft'),
          },
        },
        /** Its peer is being deleted, on a target that then freezes the survivor (A8). */
        bereft: {
          meta: { label: 'Active', transitional: true },
          on: {
            SURVIVOR_FROZEN: byItself('Inactive', 'T20', ['R60']),
            // A spec change does not keep it from being frozen afterwards.
            MODIFY_SPEC: [
              changesSpec('Activating.bereft', 'T11', 'through Activating'),
              changesSpec('Modifying.bereft', 'T11', 'through Modifying'),
            ],
          },
        },
      },
    },
    Deactivating: {
      id: 'Deactivating',
      meta: { label: 'Deactivating', transitional: true },
      on: { ...refusesAll, DEACTIVATION_DONE: byItself('Inactive', 'T8', ['R53']) },
    },
    Inactive: {
      id: 'Inactive',
      meta: { label: 'Inactive' },
      on: {
        ...refusesInState.connect,
        ...refusesInState.deactivate,
        ...modifyWhenConnected,
        DELETE: deletes('T17'),
        ACTIVATE: accept('ACTIVATE', { target: 'Activating.connected', source: 'T9', rules: ['R45', 'R47'] }),
        MODIFY_SPEC: [wrongStatus('R77', 'A12'), accept('MODIFY_SPEC', { rules: ['R79'] })],
        PEER_ACTIVATES: withPeer('Activating.connected', 'T19', ['R54'], { id: 'A7', value: 'both' }),
      },
    },
    Activating: {
      id: 'Activating',
      on: { ...refusesAll },
      initial: 'connected' as const,
      states: {
        connected: {
          meta: { label: 'Activating', transitional: true },
          on: {
            ACTIVATION_DONE: byItself('Active.linked', 'T10', ['R47', 'R79']),
            PEER_DELETED: bereaves('Activating.bereft'),
          },
        },
        /** Frozen once it is Active; not at all where its peer is gone before, and only what is Active is frozen. */
        bereft: {
          meta: { label: 'Activating', transitional: true },
          on: {
            ACTIVATION_DONE: byItself('Active.bereft', 'T10', ['R47', 'R79']),
            PEER_GONE: byItself('Activating.connected', 'T20', ['R60']),
          },
        },
        /** A spec change of an interface that was never connected, shown as Activating (A12). */
        unconnected: {
          meta: { label: 'Activating', transitional: true },
          on: { SPEC_CHANGE_DONE: byItself('Idle.free', 'T13', ['R79']) },
        },
      },
    },
    Modifying: {
      id: 'Modifying',
      on: { ...refusesAll },
      initial: 'connected' as const,
      states: {
        connected: {
          meta: { label: 'Modifying', transitional: true },
          on: {
            SPEC_CHANGE_DONE: byItself('Active.linked', 'T12', ['R79']),
            PEER_DELETED: bereaves('Modifying.bereft'),
          },
        },
        bereft: {
          meta: { label: 'Modifying', transitional: true },
          on: {
            SPEC_CHANGE_DONE: byItself('Active.bereft', 'T12', ['R79']),
            PEER_GONE: byItself('Modifying.connected', 'T20', ['R60']),
          },
        },
        unconnected: {
          meta: { label: 'Modifying', transitional: true },
          on: { SPEC_CHANGE_DONE: byItself('Idle.free', 'T13', ['R79']) },
        },
      },
    },
    Deleting: {
      id: 'Deleting',
      meta: { label: 'Deleting', transitional: true },
      on: {
        ...refusesAll,
        // Deleting twice: as a wrong status, or as done already.
        DELETE: wrongStatus(['R56', 'R5']),
        DELETION_DONE: byItself('gone', 'T16', ['R59']),
      },
    },
  },
};

const refusals = (operations: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(operations).map(([event, rule]) => [event, wrongStatus(rule)]));

/** SecurityLocked is listed as a status (R85), but no document says what it refuses. */
const securityLocked = Object.fromEntries(
  ['ACTIVATE', 'DEACTIVATE', 'DELETE', 'MODIFY_ATTRIBUTE', 'MODIFY_SPEC'].map((event) => [
    event,
    wrongStatus('R85', 'A17'),
  ]),
);

/** One router interface: its lifecycle, and beside it what locks it. */
export const routerInterface = chart.createMachine({
  id: 'routerInterface',
  type: 'parallel',
  on: refusedAnywhere,
  states: {
    lifecycle,
    business: {
      initial: 'Normal',
      on: {
        PAID: { target: '.Normal' },
        OVERDUE: { target: '.FinancialLocked' },
        RISK_FOUND: { target: '.SecurityLocked' },
      },
      states: {
        Normal: { id: 'Normal' },
        FinancialLocked: { id: 'FinancialLocked', on: refusals(lockedOut.FinancialLocked) },
        SecurityLocked: { id: 'SecurityLocked', on: securityLocked },
      },
    },
    operation: {
      initial: 'Unlocked',
      on: { LOCKED: { target: '.Locked' }, UNLOCKED: { target: '.Unlocked' } },
      states: {
        Unlocked: { id: 'Unlocked' },
        Locked: { id: 'Locked', on: refusals(lockedOut.Locked) },
      },
    },
  },
});
