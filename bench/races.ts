import { embeddedTarget } from '../adapters/embedded.ts';
import type { Step } from '../model/vocabulary.ts';
import type { World } from '../model/world.ts';
import { Judge } from '../properties/oracle/judge.ts';
import { judgeRace, type RaceParts, raceParts } from '../properties/oracle/judge-race.ts';
import { anyCall, type Pattern } from '../properties/races/patterns.ts';
import { raceAt } from '../properties/races/plan.ts';
import { ends } from '../properties/races/situation.ts';
import { executeSequence } from '../properties/run/execute.ts';
import { defaultTables } from '../properties/tables.ts';
import { regionId, sceneOn } from '../properties/testing/campaigns.ts';
import { shuffled } from '../properties/testing/shuffled.ts';

/**
 * How long it takes to decide whether some order explains what several clients saw, for histories of an
 * emulator whose calls overtake each other: correct ones, ones with a defect that only races bring about,
 * and ones in which the last call of each client was never answered. `npm run bench -- races` prints the median and
 * the longest, and what was said of them; the goal is less than a millisecond for 3 clients x 30.
 */

const histories = 50;
const tables = defaultTables();

interface History {
  readonly parts: RaceParts;
  readonly belief: readonly World[];
}

function patternOf(clients: number, length: number): Pattern {
  return {
    name: `${clients} x ${length}`,
    rules: [],
    routers: 2,
    lanes(draw, plan) {
      const pair = ends(draw, plan, 'active');
      return Array.from({ length: clients }, () => Array.from({ length }, () => anyCall(draw, plan, pair)));
    },
  };
}

async function historiesOf(clients: number, length: number, mutant?: string): Promise<History[]> {
  const made: History[] = [];
  const pattern = patternOf(clients, length);
  for (let index = 0; index < histories; index++) {
    const target = shuffled(embeddedTarget({ mutant }), index);
    const scene = await sceneOn(target, { maxRouters: 2 });
    const environment = scene.environmentFor(scene.routers);
    const { capabilities, otherRegion } = scene;
    const race = raceAt({ capabilities, maxRouters: 2, region: regionId, otherRegion }, pattern, 1, index);
    const { trace } = await executeSequence({ target, clock: scene.clock, environment }, race);
    const parts = raceParts(trace.steps);
    if (parts === undefined) throw new Error('Nothing ran at once.');
    const judge = new Judge(tables, environment);
    for (const step of parts.before) judge.step(step);
    made.push({ parts, belief: judge.belief });
  }
  return made;
}

/** The same history, but the last change of each client was never answered. */
function withUnknown({ parts, belief }: History): History {
  const during = parts.during.map((step, index): Step => {
    const { command, client } = step;
    const isLast = parts.during.findLastIndex((each) => each.client === client) === index;
    const isChange =
      command.kind === 'call' &&
      !command.operation.startsWith('Describe') &&
      command.operation !== 'CreateRouterInterface';
    return isLast && isChange ? { ...step, observation: { kind: 'indeterminate', cause: 'reset' } } : step;
  });
  return { parts: { ...parts, during }, belief };
}

function measure(name: string, all: readonly History[]): void {
  const said: Record<string, number> = {};
  const judged = (each: History): string => judgeRace(tables, each.parts, each.belief).verdict.kind;
  // The best of several: what else the machine does is no matter of the search.
  const ms = all.map(() => Infinity);
  for (let round = 0; round < 8; round++) {
    for (const [index, each] of all.entries()) {
      const began = performance.now();
      const kind = judged(each);
      ms[index] = Math.min(ms[index] ?? Infinity, performance.now() - began);
      if (round === 0) said[kind] = (said[kind] ?? 0) + 1;
    }
  }
  const sorted = ms.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const calls = all.reduce((sum, { parts }) => sum + parts.during.length, 0) / all.length;
  const counts = Object.entries(said).map(([kind, count]) => `${count} ${kind}`);
  process.stdout.write(
    `${name.padEnd(34)}${calls.toFixed(0).padStart(5)} calls${median.toFixed(2).padStart(9)} ms median` +
      `${(sorted.at(-1) ?? 0).toFixed(2).padStart(9)} ms longest   ${counts.join(', ')}\n`,
  );
}

for (const [clients, length] of [
  [2, 4],
  [3, 10],
  [3, 30],
  [4, 50],
] as const) {
  const correct = await historiesOf(clients, length);
  measure(`${clients} clients x ${length}`, correct);
  measure(`${clients} clients x ${length}, unknown ends`, correct.map(withUnknown));
  measure(
    `${clients} clients x ${length}, with a defect`,
    await historiesOf(clients, length, 'race-deactivate-status'),
  );
}
