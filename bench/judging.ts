import { embeddedTarget } from '../adapters/embedded.ts';
import { campaign } from '../properties/campaign.ts';
import { generatorOptions, sequencesOf } from '../properties/generate/suites.ts';
import { Evidence } from '../properties/oracle/evidence.ts';
import { judgeSteps } from '../properties/oracle/judge-steps.ts';
import { RequestIds } from '../properties/oracle/request-ids.ts';
import { setScene } from '../properties/run/scene.ts';
import { commandsOf } from '../properties/sequence.ts';
import { defaultTables } from '../properties/tables.ts';
import type { Trace } from '../properties/trace.ts';

/**
 * What each part of a run costs by itself, in CPU microseconds per command: making the commands, and judging what was
 * answered, beside reading the same answers as JSON, which no harness can do without.
 */

const regionId = 'cn-hangzhou';
const commands = 10_000;

/** CPU microseconds per command: the best of several rounds, as other things run on the machine too. */
function microseconds(act: (round: number) => number): string {
  let best = Infinity;
  for (let round = 0; round < 16; round++) {
    const began = process.cpuUsage();
    const count = act(round);
    const { user, system } = process.cpuUsage(began);
    best = Math.min(best, (user + system) / count);
  }
  return best.toFixed(1);
}

/** Returns a line with the figures. */
export async function judging(): Promise<string> {
  const tables = defaultTables();
  const times = { settleMs: 60_000, staleMs: 1000, pollMs: [2, 250] } as const;
  const scene = await setScene(embeddedTarget(), { edition: 'any', regionId, maxRouters: 8, times });
  const { capabilities, routers, otherRegion } = scene;
  const ground = { capabilities, routers: routers.length, regionId, otherRegion };
  const sequenceAt = sequencesOf(['random'], generatorOptions(ground), 1);
  const traces: Trace[] = [];
  const onTrace = (_index: number, _sequence: unknown, trace: Trace): void => void traces.push(trace);
  await campaign(scene, { tables, sequenceAt, commands, concurrency: 1, onTrace });
  const steps = traces.reduce((sum, trace) => sum + trace.steps.length, 0);
  const bodies = traces.flatMap((trace) =>
    trace.steps.flatMap(({ observation }) =>
      observation?.kind === 'answer' ? [JSON.stringify(observation.body)] : [],
    ),
  );
  const judge = microseconds(() => {
    const evidence = new Evidence();
    const requestIds = new RequestIds();
    for (const [index, trace] of traces.entries()) judgeSteps(tables, trace, evidence, requestIds, index);
    return steps;
  });
  const parse = microseconds(() => {
    for (const body of bodies) JSON.parse(body);
    return steps;
  });
  const generate = microseconds((round) => {
    let made = 0;
    for (let index = 0; made < commands; index++)
      made += commandsOf(sequenceAt((round + 1) * 10_000 + index)).length;
    return made;
  });
  return `per command, in CPU microseconds: judging ${judge} (goal: at most 5), reading the answers as JSON ${parse}, generating ${generate}`;
}
