import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../../adapters/embedded.ts';
import type { Observation, Step } from '../../model/vocabulary.ts';
import { regionId, sceneOn } from '../testing/campaigns.ts';
import { altered as alteredTarget, refusal } from '../testing/targets.ts';
import { executeSequence } from '../run/execute.ts';
import { raceAt } from '../races/plan.ts';
import { patterns } from '../races/patterns.ts';
import { defaultTables } from '../tables.ts';
import type { Trace } from '../trace.ts';
import { Evidence } from './evidence.ts';
import { judgeSteps, type JudgedSteps } from './judge-steps.ts';

const tables = defaultTables();

/** A race of a pattern, on the clean emulator unless given. */
async function raced(pattern: string, index = 0, target = embeddedTarget()): Promise<Trace> {
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
const withId = (seen: Observation, RequestId: string): Observation =>
  seen.kind === 'answer' ? { ...seen, body: { ...seen.body, RequestId } } : seen;
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

/** The same step of a race, but sent when the one before it had been answered. */
const ordered = (step: Step, next: () => number): Step =>
  step.client === undefined ? step : { ...step, order: { sent: next(), answered: next() } };
const wrongStatus = (RequestId: string): Observation => withId(refusal('IncorrectStatus'), RequestId);

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

/** The rules that judging a trace has exercised; in which state something was refused may show only later. */
function credits(trace: Trace): ReadonlySet<string> {
  const evidence = new Evidence();
  expect(judgeSteps(tables, trace, evidence).verdicts).toEqual([]);
  return new Set(evidence.rules.keys());
}

describe('What a race has exercised', () => {
  test('is no more than what one client would have exercised with the same calls, one after another', async () => {
    let more = 0;
    for (const { name } of patterns) {
      if (name === 'modify against connect') continue; // takes a third router
      const trace = await raced(name, 3);
      let order = 0;
      const serial = { ...trace, steps: trace.steps.map((step) => ordered(step, () => (order += 1))) };
      const alone = { ...serial, steps: serial.steps.map(({ client: _, ...step }) => step) };
      const before = serial.steps.findIndex(({ client }) => client !== undefined);
      const start = credits({ ...serial, steps: serial.steps.slice(0, before) });
      const ofRace = credits(serial);
      const ofOne = credits(alone);
      expect([...ofRace].filter((id) => !ofOne.has(id))).toEqual([]);
      if (ofRace.size > start.size) more += 1;
    }
    expect(more).toBeGreaterThan(patterns.length / 2);
  });

  test('is shown by the whole of it, with the look that followed', async () => {
    const trace = altered(await raced('two connects between the same routers'), () => undefined);
    const evidence = new Evidence();
    judgeSteps(tables, trace, evidence);
    const before = trace.steps.findIndex(({ client }) => client !== undefined);
    const known = credits({ ...trace, steps: trace.steps.slice(0, before) });
    const shown = [...evidence.rules.keys()].filter((rule) => !known.has(rule));
    expect(shown).toContain('R33');
    for (const rule of shown) expect(evidence.rules.get(rule)?.step).toBe(trace.steps.length - 1);
  });
});

describe('What came back of a race', () => {
  // What was throttled may have taken effect later than what its client sent next, or never.
  test.each([4, 6, 7, 13])(
    'conforms where clients go on after what was throttled (mix %i)',
    async (index) => {
      let requests = 0;
      const throttling = alteredTarget({}, (operation) => {
        if (operation !== 'ActivateRouterInterface') return undefined;
        return withId(refusal('Throttling.User'), `throttled-${requests++}`);
      });
      const trace = await raced('random mix', index, throttling);
      expect(requests).toBeGreaterThan(0);
      expect(judged(trace)).toEqual({ race: 'conforms', verdicts: [], noticedLag: false });
    },
  );

  test('is undecided where the look that follows does not reach the target', async () => {
    const trace = await raced('both ends deactivated');
    const last = trace.steps.findLastIndex(({ client }) => client !== undefined);
    const steps = trace.steps.map((step, index): Step =>
      index > last && step.command.kind === 'call'
        ? { ...step, observation: { kind: 'unreachable', cause: 'it is gone' } }
        : step,
    );
    expect(judged({ ...trace, steps })).toMatchObject({
      race: 'inconclusive',
      verdicts: [{ verdict: { reason: 'the target could not be reached: it is gone' } }],
    });
  });

  test('is taken in the order of the trace where nothing tells when it was sent and answered', async () => {
    const trace = await raced('both ends deactivated');
    const steps = trace.steps.map(({ order: _, ...step }) => step);
    expect(judged({ ...trace, steps }).race).toBe('conforms');
    // What came second can then not have come first.
    const first = trace.steps.findIndex(({ client }) => client !== undefined);
    const refused = steps.with(first, { ...(steps[first] as Step), observation: wrongStatus('first') });
    expect(judged({ ...trace, steps: refused }).race).toBe('diverges');
  });

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
