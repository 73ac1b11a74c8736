import { execFile, spawnSync } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { embeddedTarget } from '../../adapters/embedded.ts';
import { type RunningEmulator, startEmulator } from '../../adapters/emulator/serve.ts';
import { httpTarget, type HttpTarget } from '../../adapters/http/http-target.ts';
import { curlScript } from '../../reports/curl.ts';
import { type ConformanceOptions, type ConformanceResult, runConformance } from '../conformance.ts';
import { FileError, parseCounterexample, parseStored, parseTrace } from '../counterexample.ts';
import { replay } from '../replay.ts';
import { manualTimes, regionId } from '../testing/campaigns.ts';
import { protocolRules } from './checks.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function served(mutant?: string): Promise<{ server: RunningEmulator; target: HttpTarget }> {
  const server = await startEmulator({ clock: 'manual', mutant });
  cleanups.push(() => server.close());
  const target = await httpTarget({
    url: server.url,
    accessKeyId: 'testid',
    accessKeySecret: 'testsecret',
  });
  cleanups.push(() => target.close());
  return { server, target };
}

function optionsFor(
  target: ConformanceOptions['target'],
  suites: ConformanceOptions['suites'],
): ConformanceOptions {
  return {
    target,
    edition: 'any',
    regionId,
    maxRouters: 2,
    seed: 1,
    commands: 200,
    concurrency: 1,
    times: manualTimes,
    shrinkBudget: 0,
    ...(suites === undefined ? {} : { suites }),
  };
}

const run = (target: ConformanceOptions['target'], suites?: ConformanceOptions['suites']) =>
  runConformance(optionsFor(target, suites));
const ruleIn = ({ record }: ConformanceResult, id: string) => record.rules.find((rule) => rule.id === id);

describe('the record of a run with the protocol suite', () => {
  test('holds the verdicts of its rules, and the ways that the target has chosen', async () => {
    const { target } = await served();
    const result = await run(target, ['protocol']);
    const { record } = result;
    expect(record.verdict).toBe('conforms');
    expect(record.counts).toMatchObject({ sequences: 0, commands: 0 });
    expect(record.counts.protocolChecks).toBeGreaterThan(50);
    for (const id of protocolRules) {
      if (id !== 'R8') expect(ruleIn(result, id)?.verdict, id).toBe('conforms');
    }
    const untestable = new Set(record.notTestable.map(({ rule }) => rule));
    expect([...protocolRules].filter((id) => untestable.has(id))).toEqual([]);
    expect(untestable).toContain('R99');
    expect(record.choices).toContainEqual({
      id: 'R93',
      topic: 'An action that does not exist',
      observed: [{ value: 'current gateway: 404 InvalidAction.NotFound', count: 1 }],
    });
    // Under ACS3 the same way was chosen: it is said once.
    expect(record.choices.filter(({ id }) => id === 'R93')).toHaveLength(2);
  });

  test('beside random sequences, whose findings stay', async () => {
    const { target } = await served('connect-role-code');
    const result = await run(target, ['random', 'protocol']);
    expect(result.record.counts.commands).toBeGreaterThanOrEqual(200);
    expect(ruleIn(result, 'R33')?.verdict).toBe('diverges');
    expect(ruleIn(result, 'R96')?.verdict).toBe('conforms');
    expect(result.record.divergences.every(({ kind }) => kind !== 'protocol')).toBe(true);
  });

  test('says why nothing of it was tested on a target without a wire', async () => {
    const result = await run(embeddedTarget({ clock: 'manual' }), ['random', 'protocol']);
    expect(ruleIn(result, 'R96')).toMatchObject({
      verdict: 'not testable',
      note: expect.stringMatching(/^protocol suite: only a target at a URL/),
    });
    expect(result.record.notTestable.find(({ rule }) => rule === 'R97')?.reason).toMatch(/^protocol suite: /);
    const alone = await run(embeddedTarget({ clock: 'manual' }), ['protocol']);
    expect(alone.record.verdict).toBe('inconclusive');
  });

  test('without it, its rules are listed as not tested', async () => {
    const { target } = await served('signature-not-verified');
    const result = await run(target, ['random']);
    expect(result.record.verdict).toBe('conforms');
    expect(ruleIn(result, 'R96')?.verdict).toBe('not testable');
  });
});

describe('a divergence of the protocol', () => {
  test('is one, with what shows the same as its consequences, and replays until it is repaired', async () => {
    const { target } = await served('signature-not-verified');
    const { record, protocolCounterexamples } = await run(target, ['protocol']);
    expect(record.verdict).toBe('diverges');
    expect(record.divergences).toHaveLength(1);
    const [divergence] = record.divergences;
    expect(divergence).toMatchObject({
      kind: 'protocol',
      rules: ['R96'],
      operation: 'A signature under another secret',
      observed: '200 success',
    });
    expect(divergence?.consequences?.length).toBeGreaterThan(3);
    const stored = protocolCounterexamples?.get(divergence?.id ?? '');
    const text = JSON.stringify(stored);
    expect(text).not.toContain('testsecret');
    const parsed = parseStored(text, 'x.json');
    expect(parsed).toEqual(stored);
    expect((await replay(optionsFor(target, undefined), parsed)).outcome).toBe('STILL DIVERGES');
    const { target: repaired } = await served();
    expect((await replay(optionsFor(repaired, undefined), parsed)).outcome).toBe('FIXED');
    const { target: worse } = await served('gateway-without-host-id');
    expect((await replay(optionsFor(worse, undefined), parsed)).outcome).toBe('DIVERGES DIFFERENTLY');
    const embedded = embeddedTarget({ clock: 'manual' });
    expect((await replay(optionsFor(embedded, undefined), parsed)).outcome).toBe('COULD NOT RUN');
  });

  test('a file of it that is not right is refused with what is wrong', async () => {
    const { target } = await served('version-not-checked');
    const { protocolCounterexamples } = await run(target, ['protocol']);
    const [stored] = protocolCounterexamples?.values() ?? [];
    const unknown = { ...stored, check: 'no-such-check' };
    const parsed = parseStored(JSON.stringify(unknown), 'x.json');
    await expect(replay(optionsFor(target, undefined), parsed)).rejects.toThrow(/"no-such-check" is unknown/);
    const broken = JSON.stringify({ ...stored, rules: 'R94' });
    expect(() => parseStored(broken, 'x.json')).toThrow(
      /^x.json is not a counterexample of the protocol suite: at "rules"/,
    );
    expect(() => parseTrace(JSON.stringify(stored), 'x.json')).toThrow(/judged on a target only/);
    expect(() => parseCounterexample(JSON.stringify(stored), 'x.json')).toThrow(FileError);
  });
});

const hasTools = ['bash', 'curl', 'openssl'].every(
  (tool) => spawnSync(tool, ['--version']).error === undefined,
);

describe.runIf(hasTools)('as a script', () => {
  // The script is asked of the clean emulator: what must be refused is, and its signatures are right.
  test.each([
    ['signature-not-verified', '"Code":"SignatureDoesNotMatch"'],
    ['nonce-replay-accepted', '"Code":"SignatureNonceUsed"'],
    ['time-not-checked', '"Code":"InvalidTimeStamp.Expired"'],
    ['key-missing-as-unknown', '"Code":"MissingAccessKeyId"'],
    ['acs3-not-accepted', '"RouterInterfaceSet"'],
    ['acs3-signature-not-verified', '"Code":"SignatureDoesNotMatch"'],
    ['form-body-ignored', '"RouterInterfaceSet"'],
    ['signature-in-order-of-arrival', '"RouterInterfaceSet"'],
    ['xml-escapes-twice', '<RouterInterfaceSet>'],
  ])('%s shows on the target that has it, and not on another', async (mutant, expected) => {
    const { target } = await served(mutant);
    const { record } = await run(target, ['protocol']);
    const { server } = await served();
    const [divergence] = record.divergences;
    if (divergence === undefined) throw new Error('nothing was found');
    const script = curlScript(divergence, { target: server.url, regionId });
    const { stdout, stderr } = await bash(script);

    expect(stderr).toBe('');
    expect(stdout).toContain(expected);
  });
});

/** Runs a script without blocking the server that it talks to. */
function bash(script: string): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile('bash', ['-c', script], { env: { ...process.env, SETTLE_SECONDS: '0' } }, (_, stdout, stderr) =>
      resolve({ stdout, stderr }),
    );
  });
}
