import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../../adapters/embedded.ts';
import { editions } from '../../adapters/emulator/editions.ts';
import { wireMutants } from '../../adapters/emulator/mutants.ts';
import { profiles } from '../../adapters/emulator/profiles.ts';
import { type ServeOptions, startEmulator } from '../../adapters/emulator/serve.ts';
import { httpTarget } from '../../adapters/http/http-target.ts';
import type { Target } from '../../adapters/target.ts';
import { manualTimes, regionId, sceneOn } from '../testing/campaigns.ts';
import { interfacesLeft } from '../testing/targets.ts';
import { protocolChecks } from './checks.ts';
import { type CheckResult, protocolSuite, type ProtocolResult } from './suite.ts';

async function suiteOn(target: Target): Promise<ProtocolResult> {
  const scene = await sceneOn(target, { maxRouters: 2 });
  const result = await protocolSuite(scene, { regionId, times: manualTimes });
  await scene.strike();
  return result;
}

/** Serves an emulator and makes every check on it. */
async function checked(serve: ServeOptions): Promise<readonly CheckResult[]> {
  const served = await startEmulator({ clock: 'manual', ...serve });
  const target = await httpTarget({ url: served.url, accessKeyId: 'testid', accessKeySecret: 'testsecret' });
  try {
    const result = await suiteOn(target);
    if (result.kind !== 'checked') throw new Error(result.reason);
    expect(result.leftBehind).toEqual([]);
    // A clean-up that failed would show in the account.
    if (serve.mutant === undefined) expect(await interfacesLeft(target)).toEqual([]);
    return result.results;
  } finally {
    await target.close();
    await served.close();
  }
}

const found = (results: readonly CheckResult[]): string[] =>
  results.flatMap(({ check, findings }) =>
    findings.map(
      ({ rules, expected, observed }) => `${check.id} ${rules.join(' ')}: ${observed} instead of ${expected}`,
    ),
  );
const unjudged = (results: readonly CheckResult[]): string[] =>
  results.flatMap(({ check, verdict }) =>
    verdict.kind === 'inconclusive' ? [`${check.id}: ${verdict.reason}`] : [],
  );
const variantOf = (results: readonly CheckResult[], id: string): string | undefined => {
  const verdict = results.find(({ check }) => check.id === id)?.verdict;
  return verdict?.kind === 'conforms' ? verdict.variant : undefined;
};

describe('every defect of the wire is found under its rule', () => {
  test.each(wireMutants.map(({ name, rule }) => [name, rule] as const))('%s (%s)', async (mutant, rule) => {
    const results = await checked({ mutant });
    const rules = results.flatMap(({ findings }) => findings.flatMap((finding) => finding.rules));
    expect(rules, found(results).join('\n')).toContain(rule);
    // One defect is not blamed on rules that have nothing to do with it.
    expect(new Set(rules).size, found(results).join('\n')).toBeLessThanOrEqual(2);
  });

  test('and there are a dozen of them at the least, for every rule of the gateway', () => {
    expect(wireMutants.length).toBeGreaterThanOrEqual(12);
    const rules = new Set(wireMutants.map(({ rule }) => rule));
    for (const rule of ['P6', 'P8', 'R8', 'R93', 'R94', 'R95', 'R96', 'R97', 'R98'])
      expect(rules).toContain(rule);
  });
});

describe('a clean emulator', () => {
  const clean: (readonly [string, ServeOptions])[] = [
    ...Object.keys(profiles).map((profile) => [`profile ${profile}`, { profile }] as const),
    ...editions.map((edition) => [`edition ${edition}`, { edition }] as const),
    ['default format XML', { defaultFormat: 'XML' }],
  ];
  test.each(clean)('%s: no divergence, and nothing left open', async (_, serve) => {
    const results = await checked(serve);
    expect(found(results)).toEqual([]);
    expect(unjudged(results)).toEqual([]);
    expect(results).toHaveLength(protocolChecks.length);
  });

  test('shows which of the documented ways it has chosen', async () => {
    const newer = await checked({ edition: 'E2026' });
    expect(variantOf(newer, 'unknown-action')).toBe('current gateway: 404 InvalidAction.NotFound');
    expect(variantOf(newer, 'no-format')).toBe('JSON is the default');
    expect(variantOf(newer, 'replayed')).toBeUndefined();
    expect(variantOf(await checked({ defaultFormat: 'XML' }), 'no-format')).toBe('XML is the default');
  });
});

test('a temporary key goes with its token in every check', async () => {
  const served = await startEmulator({
    clock: 'manual',
    accessKeys: { testid: { secret: 'testsecret', securityToken: 'token' } },
  });
  const target = await httpTarget({
    url: served.url,
    accessKeyId: 'testid',
    accessKeySecret: 'testsecret',
    securityToken: 'token',
  });
  const result = await suiteOn(target);
  await target.close();
  await served.close();
  expect(result.kind === 'checked' ? found(result.results) : result).toEqual([]);
});

test('a target that takes only version 1.0 diverges once, not once per check', async () => {
  const results = await checked({ mutant: 'acs3-not-accepted' });
  expect(found(results)).toHaveLength(1);
  expect(unjudged(results).length).toBeGreaterThan(10);
  expect(new Set(unjudged(results).map((each) => each.split(': ')[1]))).toEqual(
    new Set(['protocol checks that need "acs3-post", which failed']),
  );
});

test('without a wire nothing of it is testable, and the reason is said', async () => {
  expect(await suiteOn(embeddedTarget({ clock: 'manual' }))).toEqual({
    kind: 'not testable',
    reason: 'only a target at a URL has a wire that requests can be put on as one likes',
  });
});
