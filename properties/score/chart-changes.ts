import type { AnyStateMachine } from 'xstate';
import { chart } from '../../model/chart-transitions.ts';
import { compile, type TransitionRow } from '../../model/compile.ts';
import { routerInterface } from '../../model/lifecycle.ts';
import { defaultTables } from '../tables.ts';

/**
 * Small changes to the lifecycle chart itself, made in the config of the state machine from which the
 * tables are compiled. Nothing behind the chart is touched: if a change shows, the chart decides.
 */

interface Transition {
  target?: string;
  readonly guard?: unknown;
  readonly meta?: Record<string, unknown>;
}
interface StateConfig {
  on?: Record<string, Transition | Transition[]>;
  states?: Record<string, StateConfig>;
}

/** Where a transition is written down in the config. */
export interface Place {
  /** Names of states from the root, e.g. `lifecycle`, `Idle`, `free`. */
  readonly path: readonly string[];
  readonly event: string;
  readonly index: number;
}

export interface PlacedRow {
  readonly place: Place;
  readonly row: TransitionRow;
}

/** Copies containers and transitions; guards and their parameters stay the same objects. */
function copied(config: StateConfig): StateConfig {
  return {
    ...config,
    ...(config.on === undefined
      ? {}
      : {
          on: Object.fromEntries(
            Object.entries(config.on).map(([event, list]) => [
              event,
              [list].flat().map((each) => ({ ...each })),
            ]),
          ),
        }),
    ...(config.states === undefined
      ? {}
      : {
          states: Object.fromEntries(
            Object.entries(config.states).map(([name, each]) => [name, copied(each)]),
          ),
        }),
  };
}

const configOf = (): StateConfig => copied(routerInterface.config as StateConfig);
const machineOf = (config: StateConfig): AnyStateMachine =>
  chart.createMachine(config as Parameters<typeof chart.createMachine>[0]);

function stateAt(config: StateConfig, path: readonly string[]): StateConfig {
  return path.reduce((state, name) => state.states?.[name] ?? {}, config);
}

function placesIn(config: StateConfig, path: readonly string[] = []): Place[] {
  const own = Object.entries(config.on ?? {}).flatMap(([event, list]) =>
    [list].flat().map((_, index) => ({ path, event, index })),
  );
  return [
    ...own,
    ...Object.entries(config.states ?? {}).flatMap(([name, each]) => placesIn(each, [...path, name])),
  ];
}

const placeKey = ({ path, event, index }: Place): string => `${path.join('.')}|${event}|${index}`;

/** Every transition that means something to the model, with the row that the compiler makes of it. */
export function placedRows(): readonly PlacedRow[] {
  const config = configOf();
  const places = placesIn(config);
  for (const place of places) {
    const list = stateAt(config, place.path).on?.[place.event] as Transition[];
    const transition = list[place.index];
    if (transition?.meta !== undefined) {
      list[place.index] = { ...transition, meta: { ...transition.meta, place: placeKey(place) } };
    }
  }
  const rows = new Map(
    compile(machineOf(config)).rows.map((row) => [(row as unknown as { place: string }).place, row]),
  );
  const known = new Map(compile().rows.map((row) => [row.id, row]));
  return places.flatMap((place) => {
    const row = known.get(rows.get(placeKey(place))?.id ?? '');
    return row === undefined ? [] : [{ place, row }];
  });
}

/** The chart without one transition. */
export function without({ path, event, index }: Place): AnyStateMachine {
  const config = configOf();
  const state = stateAt(config, path);
  const list = ((state.on ?? {})[event] as Transition[]).toSpliced(index, 1);
  state.on = { ...state.on, [event]: list };
  return machineOf(config);
}

/** The chart with one transition that leads elsewhere; `state` is a leaf such as `Idle.free`. */
export function redirected({ path, event, index }: Place, state: string): AnyStateMachine {
  return changed({ path, event, index }, (transition) => ({ ...transition, target: `#${state}` }));
}

/** The chart with one refusal that is an acceptance, and leads to `state`. */
export function accepting(place: Place, state: string): AnyStateMachine {
  return changed(place, ({ guard, meta }) => ({
    target: `#${state}`,
    ...(guard === undefined ? {} : { guard }),
    meta: { kind: 'accept', rules: meta?.['rules'] },
  }));
}

function changed(
  { path, event, index }: Place,
  change: (transition: Transition) => Transition,
): AnyStateMachine {
  const config = configOf();
  const list = stateAt(config, path).on?.[event] as Transition[];
  list[index] = change(list[index] as Transition);
  return machineOf(config);
}

/** Settled states that look different from each other. */
const settledStates = ['Idle.free', 'Inactive.frozen', 'gone'] as const;

export interface ChartChange {
  readonly name: string;
  /** Made when it is asked for: there are many changes, and making a machine takes its time. */
  readonly machine: AnyStateMachine;
}

/** One transition removed, and led to every settled state to which it does not lead; a refusal accepts there. */
export function changesOf({ place, row }: PlacedRow): readonly ChartChange[] {
  const tables = defaultTables();
  const home = place.path.slice(1).join('.');
  const elsewhere = settledStates.filter(
    (state) => tables.bitOfState(state) !== row.to && (row.to !== 0 || !`${state}.`.startsWith(`${home}.`)),
  );
  // A lock refuses, whatever the lifecycle does: it leads nowhere.
  const targets = place.path.length > 0 && place.path[0] !== 'lifecycle' ? [] : elsewhere;
  return [
    {
      name: 'removed',
      get machine() {
        return without(place);
      },
    },
    ...targets.map((state) =>
      row.kind === 'refusal'
        ? {
            name: `accepts, to ${state}`,
            get machine() {
              return accepting(place, state);
            },
          }
        : {
            name: `redirected to ${state}`,
            get machine() {
              return redirected(place, state);
            },
          },
    ),
  ];
}
