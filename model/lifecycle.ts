import { refusedAnywhere, refusesAll, refusesInState } from './chart-refusals.ts';
import {
  accept,
  bereaves,
  both,
  byItself,
  changesSpec,
  chart,
  late,
  lockedOut,
  refuse,
  withPeer,
  wrongStatus,
} from './chart-transitions.ts';

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

const changesAttributes = accept('MODIFY_ATTRIBUTE', { source: 'T15', rules: ['R72', 'R16'] });

/** Name and health check can change in any settled state; opposite information not once connected (A10). */
const modifyWhenConnected = {
  MODIFY_ATTRIBUTE: [refuse('R62', 'A10'), changesAttributes],
};

const deletes = (source: string) =>
  accept('DELETE', { target: 'Deleting', source, rules: ['R56', 'R59', 'R60'] });

const idleSpecChange = {
  MODIFY_SPEC: [
    changesSpec('Idle.free', 'T13', 'at once'),
    changesSpec('Activating.unconnected', 'T13', 'through Activating'),
    changesSpec('Modifying.unconnected', 'T13', 'through Modifying'),
  ],
};

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
            PEER_DEACTIVATES: [
              withPeer('Deactivating', 'T18', ['R54'], both),
              withPeer('Active.following', 'T18', ['R54'], late),
            ],
            PEER_DELETED: bereaves('Active.bereft'),
          },
        },
        /** Its peer was deactivated, on a target where this end follows a while later (A7). */
        following: {
          meta: { label: 'Active', transitional: true },
          on: {
            PEER_FOLLOWS: byItself('Deactivating', 'T18', ['R54']),
            PEER_ACTIVATES: withPeer('Active.linked', 'T19', ['R54'], late),
            // Frozen when its peer is gone, or because it follows: whichever comes first.
            PEER_DELETED: bereaves('Active.following'),
            // A spec change may keep it from following, or not.
            MODIFY_SPEC: [
              changesSpec('Activating.following', 'T11', 'through Activating'),
              changesSpec('Modifying.following', 'T11', 'through Modifying'),
            ],
          },
        },
        /** Its peer is being deleted, on a target that then freezes the survivor (A8). */
        bereft: {
          meta: { label: 'Active', transitional: true },
          on: {
            SURVIVOR_FROZEN: byItself('Inactive.frozen', 'T20', ['R60']),
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
      on: { ...refusesAll, DEACTIVATION_DONE: byItself('Inactive.frozen', 'T8', ['R53']) },
    },
    Inactive: {
      id: 'Inactive',
      on: {
        ...refusesInState.connect,
        ...refusesInState.deactivate,
        ...modifyWhenConnected,
        DELETE: deletes('T17'),
        ACTIVATE: accept('ACTIVATE', { target: 'Activating.connected', source: 'T9', rules: ['R45', 'R47'] }),
        MODIFY_SPEC: [wrongStatus('R77', 'A12'), accept('MODIFY_SPEC', { rules: ['R79'] })],
      },
      initial: 'frozen' as const,
      states: {
        frozen: {
          meta: { label: 'Inactive' },
          on: {
            PEER_ACTIVATES: [
              withPeer('Activating.connected', 'T19', ['R54'], both),
              withPeer('Inactive.following', 'T19', ['R54'], late),
            ],
          },
        },
        /** Its peer was activated, on a target where this end follows a while later (A7). */
        following: {
          meta: { label: 'Inactive', transitional: true },
          on: {
            PEER_FOLLOWS: byItself('Activating.connected', 'T19', ['R54']),
            PEER_DEACTIVATES: withPeer('Inactive.frozen', 'T18', ['R54'], late),
          },
        },
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
        /** A spec change of one that has yet to follow its peer. */
        following: {
          meta: { label: 'Activating', transitional: true },
          on: {
            SPEC_CHANGE_DONE: byItself('Active.following', 'T11', ['R79']),
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
        following: {
          meta: { label: 'Modifying', transitional: true },
          on: {
            SPEC_CHANGE_DONE: byItself('Active.following', 'T12', ['R79']),
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
