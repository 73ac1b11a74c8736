import { and, not, setup, stateIn } from 'xstate';
import type { JudgedOperation } from './vocabulary.ts';

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

/** What the chart needs to know about the world outside it. */
interface Facts {
  /** Rules that the call violates, other than by the status of the interface. */
  readonly violated: readonly string[];
  /** How the target behaves where the documents leave it open, e.g. `{ A7: 'both' }`. */
  readonly chosen: Readonly<Record<string, string>>;
}

/** The event that stands for each operation. */
export const eventOf: Readonly<Record<JudgedOperation, string>> = {
  CreateRouterInterface: 'CREATE',
  ConnectRouterInterface: 'CONNECT',
  ActivateRouterInterface: 'ACTIVATE',
  DeactivateRouterInterface: 'DEACTIVATE',
  DeleteRouterInterface: 'DELETE',
  ModifyRouterInterfaceAttribute: 'MODIFY_ATTRIBUTE',
  ModifyRouterInterfaceSpec: 'MODIFY_SPEC',
  DescribeRouterInterfaces: 'DESCRIBE_LIST',
  DescribeRouterInterfaceAttribute: 'DESCRIBE_ATTRIBUTE',
};

/** One value of an ambiguity of the documents, e.g. A7 = both. */
export interface Choice {
  readonly id: string;
  readonly value: string;
}

/** What a transition means; read by the compiler and the reports. */
export interface TransitionMeta {
  readonly kind: 'accept' | 'refusal' | 'replay' | 'peer' | 'internal';
  readonly rules: readonly string[];
  /** Lifecycle transition of the documents, e.g. `T3`. */
  readonly source?: string;
  /** The ambiguity that makes this one of several readings; an accept beside it is permitted too. */
  readonly may?: string;
  /** This reading holds only while the target's choice is that value. */
  readonly choice?: Choice;
  /** Only when this rule is violated, and although it is (A4). */
  readonly only?: string;
}

export interface StateMeta {
  /** `Status` as Describe shows it; null when the interface does not exist. */
  readonly label: string | null;
  /** Ends by itself; within the bound (P2) unless `unbounded`. */
  readonly transitional?: boolean;
  readonly unbounded?: boolean;
}

interface LifecycleEvent extends Facts {
  readonly type: string;
}

const chart = setup({
  types: { events: {} as LifecycleEvent, meta: {} as TransitionMeta | StateMeta },
  guards: {
    violates: ({ event }, { rule }: { rule: string }) => event.violated.includes(rule),
    chosen: ({ event }, { id, value }: Choice) => event.chosen[id] === value,
    /** No rule stands in the way, but for `only`, which must be the one that is violated. */
    permitted: ({ event }, { only, choice }: { only?: string; choice?: Choice }) =>
      event.violated.every((rule) => rule === only) &&
      (only === undefined || event.violated.includes(only)) &&
      (choice === undefined || event.chosen[choice.id] === choice.value),
  },
});

/** Which operations a lock refuses, and by which rule. */
const lockedOut = {
  FinancialLocked: { ACTIVATE: 'R46', DEACTIVATE: 'R52', MODIFY_ATTRIBUTE: 'R70', MODIFY_SPEC: 'R76' },
  Locked: { DEACTIVATE: 'R55', DELETE: 'R55' },
} as const;

const unlocked = (event: string) =>
  Object.entries(lockedOut)
    .filter(([, operations]) => event in operations)
    .map(([lock]) => not(stateIn(`#${lock}`)));

const violates = (rule: string) => ({ type: 'violates' as const, params: { rule } });
const chosen = (choice: Choice) => ({ type: 'chosen' as const, params: choice });

/** A refusal for what the call says or for something outside this interface. */
const refuse = (rule: string, may?: string) => ({
  guard: violates(rule),
  meta: { kind: 'refusal' as const, rules: [rule], ...(may === undefined ? {} : { may }) },
});

/** A refusal because of the status itself. */
const wrongStatus = (rules: string | readonly string[], may?: string) => ({
  meta: {
    kind: 'refusal' as const,
    rules: typeof rules === 'string' ? [rules] : rules,
    ...(may === undefined ? {} : { may }),
  },
});

/** Done again with a ClientToken that was used before: answered as then, without effect (R32, A16). */
const replay = {
  guard: violates('R32'),
  meta: { kind: 'replay' as const, rules: ['R32'], only: 'R32' },
};

interface Acceptance {
  readonly target?: string;
  readonly source?: string;
  readonly rules: readonly string[];
  readonly choice?: Choice;
  readonly only?: string;
}

const accept = (event: string, { target, ...meta }: Acceptance) => ({
  ...(target === undefined ? {} : { target: `#${target}` }),
  guard: and([{ type: 'permitted' as const, params: { ...meta } }, ...unlocked(event)]),
  meta: { kind: 'accept' as const, ...meta },
});

const byItself = (target: string, source: string, rules: readonly string[]) => ({
  target: `#${target}`,
  meta: { kind: 'internal' as const, rules, source },
});

const withPeer = (
  target: string,
  source: string,
  rules: readonly string[],
  choice?: Choice,
) => ({
  target: `#${target}`,
  ...(choice === undefined ? {} : { guard: chosen(choice) }),
  meta: { kind: 'peer' as const, rules, source, ...(choice === undefined ? {} : { choice }) },
});

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

const idleSpecChange = {
  MODIFY_SPEC: [
    accept('MODIFY_SPEC', { target: 'Idle.free', source: 'T13', rules: ['R79'], choice: { id: 'A12', value: 'at once' } }),
    accept('MODIFY_SPEC', {
      target: 'Activating.unconnected',
      source: 'T13',
      rules: ['R79'],
      choice: { id: 'A12', value: 'through Activating' },
    }),
    accept('MODIFY_SPEC', {
      target: 'Modifying.unconnected',
      source: 'T13',
      rules: ['R79'],
      choice: { id: 'A12', value: 'through Modifying' },
    }),
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
          accept('MODIFY_SPEC', {
            target: 'Activating.connected',
            source: 'T11',
            rules: ['R79'],
            choice: { id: 'A12', value: 'through Activating' },
          }),
          accept('MODIFY_SPEC', {
            target: 'Modifying.connected',
            source: 'T11',
            rules: ['R79'],
            choice: { id: 'A12', value: 'through Modifying' },
          }),
        ],
      },
      initial: 'linked' as const,
      states: {
        linked: {
          meta: { label: 'Active' },
          on: {
            PEER_DEACTIVATES: withPeer('Deactivating', 'T18', ['R54'], { id: 'A7', value: 'both' }),
            PEER_DELETED: withPeer('Active.bereft', 'T20', ['R60'], { id: 'A8', value: 'becomes Inactive' }),
          },
        },
        /** Its peer is being deleted, on a target that then freezes the survivor (A8). */
        bereft: {
          meta: { label: 'Active', transitional: true },
          on: { SURVIVOR_FROZEN: byItself('Inactive', 'T20', ['R60']) },
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
          on: { ACTIVATION_DONE: byItself('Active.linked', 'T10', ['R47', 'R79']) },
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
          on: { SPEC_CHANGE_DONE: byItself('Active.linked', 'T12', ['R79']) },
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

/** What every operation refuses whatever the status: malformed calls, and rules about the world around. */
const refusedAnywhere = {
  CREATE: [
    replay,
    ...['R1', 'P4', 'R3', 'P5', 'R9', 'R10', 'R17', 'R19', 'R21', 'R24', 'R26', 'R27'].map((rule) => refuse(rule)),
    refuse('R32', 'A16'),
    refuse('R11', 'A13'),
    refuse('R12', 'A13'),
    refuse('R18', 'A19'),
    refuse('R23', 'A11'),
  ],
  CONNECT: [
    ...['R1', 'R2', 'R3', 'R6', 'R33', 'R37', 'R38', 'R39', 'R40', 'R41'].map((rule) => refuse(rule)),
    refuse('R35', 'A33'),
    refuse('R36', 'A4'),
  ],
  ACTIVATE: ['R1', 'R2', 'R3', 'R6'].map((rule) => refuse(rule)).concat(refuse('R50', 'A8')),
  DEACTIVATE: ['R1', 'R2', 'R3', 'R6'].map((rule) => refuse(rule)),
  DELETE: [replay, ...['R1', 'R2', 'R3', 'R6', 'R57'].map((rule) => refuse(rule)), refuse('R32', 'A16')],
  MODIFY_ATTRIBUTE: ['R1', 'R2', 'R3', 'R6', 'R63', 'R64', 'R65', 'R66', 'R67', 'R68', 'R69'].map((rule) => refuse(rule)),
  MODIFY_SPEC: [
    replay,
    ...['R1', 'R2', 'R3', 'R6', 'P4', 'R73'].map((rule) => refuse(rule)),
    refuse('R32', 'A16'),
    refuse('R74', 'A13'),
    refuse('R78', 'A12'),
  ],
  DESCRIBE_LIST: [
    ...['R1', 'R3', 'R80', 'R82'].map((rule) => refuse(rule)),
    refuse('R81'),
    accept('DESCRIBE_LIST', { rules: ['R81', 'R84'] }),
  ],
  DESCRIBE_ATTRIBUTE: [
    ...['R1', 'R2', 'R3', 'R6'].map((rule) => refuse(rule)),
    accept('DESCRIBE_ATTRIBUTE', { rules: ['R83', 'R85'] }),
  ],
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

export type RouterInterfaceChart = typeof routerInterface;
