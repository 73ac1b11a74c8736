import { and, not, setup, stateIn } from 'xstate';
import type { JudgedOperation } from './vocabulary.ts';

/** The kinds of transition of which the lifecycle chart is made, each with the rules it rests on. */

/** What the chart needs to know about the world outside it. */
export interface Facts {
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

export interface LifecycleEvent extends Facts {
  readonly type: string;
}

export const chart = setup({
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
export const lockedOut = {
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
export const refuse = (rule: string, may?: string) => ({
  guard: violates(rule),
  meta: { kind: 'refusal' as const, rules: [rule], ...(may === undefined ? {} : { may }) },
});

/** A refusal because of the status itself. */
export const wrongStatus = (rules: string | readonly string[], may?: string) => ({
  meta: {
    kind: 'refusal' as const,
    rules: typeof rules === 'string' ? [rules] : rules,
    ...(may === undefined ? {} : { may }),
  },
});

/** Done again with a ClientToken that was used before: answered as then, without effect (R32, A16). */
export const replay = {
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

export const accept = (event: string, { target, ...meta }: Acceptance) => ({
  ...(target === undefined ? {} : { target: `#${target}` }),
  guard: and([{ type: 'permitted' as const, params: { ...meta } }, ...unlocked(event)]),
  meta: { kind: 'accept' as const, ...meta },
});

export const byItself = (target: string, source: string, rules: readonly string[]) => ({
  target: `#${target}`,
  meta: { kind: 'internal' as const, rules, source },
});

export const withPeer = (target: string, source: string, rules: readonly string[], choice: Choice) => ({
  target: `#${target}`,
  guard: chosen(choice),
  meta: { kind: 'peer' as const, rules, source, choice },
});

/** A spec change, on a target that goes about it that way (A12). */
export const changesSpec = (target: string, source: string, value: string) =>
  accept('MODIFY_SPEC', { target, source, rules: ['R79'], choice: { id: 'A12', value } });

/** How the peer goes along with a Deactivate or Activate, on a target where it does (A7). */
export const both = { id: 'A7', value: 'both' };
export const late = { id: 'A7', value: 'late' };

/** The peer is being deleted, on a target that then freezes the survivor (A8). */
export const bereaves = (target: string) =>
  withPeer(target, 'T20', ['R60'], { id: 'A8', value: 'becomes Inactive' });
