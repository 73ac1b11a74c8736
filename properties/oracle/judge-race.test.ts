import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../../adapters/embedded.ts';
import type { Observation, Step } from '../../model/vocabulary.ts';
import { regionId, sceneOn } from '../testing/campaigns.ts';
import { refusal } from '../testing/targets.ts';
import { executeSequence } from '../run/execute.ts';
import { raceAt } from '../races/plan.ts';
import { patterns } from '../races/patterns.ts';
import { defaultTables } from '../tables.ts';
import type { Trace } from '../trace.ts';
import { judgeSteps, type JudgedSteps } from './judge-steps.ts';

const tables = defaultTables();

/** A race of a pattern on the clean emulator. */
async function raced(pattern: string, index = 0): Promise<Trace> {
  const target = embeddedTarget();
  const scene = await sceneOn(target, { maxRouters: 3 });
  const wanted = patterns.find(({ name }) => name === pattern);
  if (wanted === undefined) throw new Error(`There is no pattern "${pattern}".`);
  const { capabilities, otherRegion } = scene;
  const race = raceAt({ capabilities, maxRouters: 3, region: regionId, otherRegion }, wanted, 1, index);
  const environment = scene.environmentFor(scene.routers.slice(0, race.routers));
  return (await executeSequence({ target, clock: scene.clock, environment }, race)).trace;
}

/** The same trace with the calls of the race all under way at once, and other answers to some of them. */
function altered(trace: Trace, change: (step: Step, client: number) => Observation | undefined): Trace {
  const during = trace.steps.filter(({ client }) => client !== undefined);
  const steps = trace.steps.map((step): Step => {
    const { client } = step;
    if (client === undefined) return step;
    const place = during.indexOf(step);
    const observation = change(step, client) ?? step.observation;
    return {
      ...step,
      ...(observation === undefined ? {} : { observation }),
      order: { sent: place + 1, answered: during.length + place + 1 },
    };
  });
  return { ...trace, steps };
}

const judged = (trace: Trace): JudgedSteps => judgeSteps(tables, trace);
const ok = (id: string): Observation => ({ kind: 'answer', status: 200, body: { RequestId: id } });
const concurrently = (RequestId: string): Observation => ({
  kind: 'answer',
  status: 400,
  body: {
    RequestId,
    HostId: 'host',
    Code: 'Forbidden.OnlyOneConnection',
    Message: 'Cannot connect concurrently between same routers',
  },
});

describe('Two connects between the same routers at once', () => {
  test('conform when one is accepted and the other refused', async () => {
    expect(
      judged(altered(await raced('two connects between the same routers'), () => undefined)),
    ).toMatchObject({ race: 'conforms', verdicts: [] });
  });

  test('diverge when both are accepted, and no order is left out of the account', async () => {
    const trace = await raced('two connects between the same routers');
    const { verdicts, race } = judged(altered(trace, (_, client) => ok(`id-${client}`)));
    expect(race).toBe('diverges');
    const [found] = verdicts.flatMap(({ verdict }) =>
      verdict.kind === 'diverges' ? verdict.divergences : [],
    );
    expect(found).toMatchObject({ kind: 'race', operation: 'ConnectRouterInterface' });
    expect(found?.rules).toEqual(expect.arrayContaining(['R38', 'R39']));
    expect(found?.race?.unexplained.length).toBeGreaterThan(0);
  });

  test('may both be told that the other is under way (R39), as long as nothing is connected then', async () => {
    const trace = await raced('two connects between the same routers');
    const both = altered(trace, (_, client) => concurrently(`id-${client}`));
    const { steps } = both;
    const last = steps.findLastIndex(({ client }) => client !== undefined);
    expect(judged({ ...both, steps: steps.slice(0, last + 1) }).race).toBe('conforms');
    // The look that follows shows a connection all the same.
    expect(judged(both).race).toBe('diverges');
  });

  test('are not excused when one was answered before the other was sent', async () => {
    const trace = await raced('two connects between the same routers');
    const both = altered(trace, (_, client) => concurrently(`id-${client}`));
    const last = both.steps.findLastIndex(({ client }) => client !== undefined);
    const apart = both.steps.slice(0, last + 1).map((step): Step => {
      if (step.order === undefined) return step;
      const { sent } = step.order;
      return { ...step, order: { sent: 2 * sent - 1, answered: 2 * sent } };
    });
    expect(judged({ ...both, steps: apart }).race).toBe('diverges');
  });
});

describe('What came back of a race', () => {
  test('is undecided where nobody knows whether a creation was carried out', async () => {
    const trace = altered(await raced('different creations'), (_, client) =>
      client === 1 ? { kind: 'indeterminate', cause: 'reset' } : undefined,
    );
    expect(judged(trace)).toMatchObject({ race: 'inconclusive' });
  });

  test('may or may not have taken effect where a change was not answered', async () => {
    const trace = altered(await raced('one end deactivated by several clients'), (_, client) =>
      client === 1 ? { kind: 'indeterminate', cause: 'reset' } : undefined,
    );
    expect(judged(trace)).toMatchObject({ race: 'conforms' });
  });

  test('diverges where it never came, or carries a RequestId that was used', async () => {
    const trace = await raced('both ends deactivated');
    const silent = judged(
      altered(trace, (_, client) => (client === 1 ? { kind: 'silence', afterMs: 5 } : undefined)),
    );
    expect(JSON.stringify(silent.verdicts)).toContain('race|silence|DeactivateRouterInterface|R8');
    const same = judged(altered(trace, () => ok('the same')));
    expect(JSON.stringify(same.verdicts)).toContain('race|envelope|DeactivateRouterInterface|P3');
  });

  test('is not judged where what came before diverges', async () => {
    const trace = await raced('both ends deactivated');
    const [first, ...rest] = trace.steps;
    if (first === undefined) throw new Error('No steps.');
    const steps = [{ ...first, observation: refusal('QuotaExceeded') }, ...rest];
    const { verdicts, race } = judged({ ...trace, steps });
    expect(race).toBe('inconclusive');
    expect(JSON.stringify(verdicts)).not.toContain('"race"');
  });
});
