import { transition } from 'xstate';
import { eventOf } from '../model/chart-transitions.ts';
import { routerInterface } from '../model/lifecycle.ts';
import { outcomesOf, type Situation } from '../model/outcomes.ts';
import { defaultTables } from '../properties/tables.ts';

/**
 * What a step through the compiled chart costs beside the same step by XState, whose chart it is: every event in
 * every state, nothing violated, in an order that repeats only after thousands of steps.
 *
 * Two kinds of step: all that is permitted, which the oracle asks for, and what time alone makes of a state set.
 */

interface Given {
  readonly situation: Situation;
  readonly snapshot: ReturnType<typeof routerInterface.resolveState>;
}

/** Every state with every event, often enough that the order is no pattern. */
function situations(): Given[] {
  const tables = defaultTables();
  const all: Given[] = [];
  for (const { name, bit } of tables.states) {
    const [outer = '', inner] = name.split('.');
    const snapshot = routerInterface.resolveState({
      value: {
        lifecycle: inner === undefined ? outer : { [outer]: inner },
        business: 'Normal',
        operation: 'Unlocked',
      },
    });
    for (const event of Object.values(eventOf)) {
      const situation = {
        event,
        states: bit,
        must: 0,
        may: 0,
        business: 'Normal',
        operationLocked: false,
        trusted: true,
        repeats: false,
      };
      all.push({ situation, snapshot });
    }
  }
  // 7919 is prime to any length here: a walk in which neighbours have nothing in common.
  return Array.from({ length: 4096 }, (_, index) => all[(index * 7919) % all.length] as Given);
}

/** CPU nanoseconds per step, the best of several rounds: what else the machine does is no matter of the step. */
function nanoseconds(steps: number, act: () => number): number {
  let best = Infinity;
  for (let round = 0; round < 12; round++) {
    const began = process.cpuUsage();
    kept += act();
    const { user, system } = process.cpuUsage(began);
    best = Math.min(best, ((user + system) * 1000) / steps);
  }
  return best;
}

/** What the steps came to: used, so that they are not left out. */
let kept = 0;

/** Returns a line for each kind of step. */
export function modelStep(): readonly string[] {
  const tables = defaultTables();
  const given = situations();
  const rounds = 500;
  const interpreted = nanoseconds(given.length, () => {
    let sum = 0;
    for (const { situation, snapshot } of given)
      sum += transition(routerInterface, snapshot, { type: situation.event, violated: [], chosen: {} })[1]
        .length;
    return sum;
  });
  const permitted = nanoseconds(given.length * rounds, () => {
    let sum = 0;
    for (let round = 0; round < rounds; round++)
      for (const { situation } of given) sum += outcomesOf(tables, situation).length;
    return sum;
  });
  const internal = nanoseconds(given.length * rounds, () => {
    let sum = 0;
    for (let round = 0; round < rounds; round++)
      for (const { situation } of given) sum += tables.possible(situation.states, (round & 1) === 0);
    return sum;
  });
  const line = (name: string, each: number, goal: string): string =>
    `${name}: ${(1000 / each).toFixed(1)} million steps per second of CPU (${goal}), ${Math.round(interpreted / each)} times as many as XState's ${Math.round(1e9 / interpreted)}`;
  return [
    line('compiled step, all that is permitted', permitted, 'goal: at least 20'),
    line('compiled step, what happens by itself', internal, 'goal: at least 20'),
  ];
}
