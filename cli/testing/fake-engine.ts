import type { ConformanceOptions, ConformanceResult } from '../../properties/conformance.ts';
import type { Counterexample } from '../../properties/counterexample.ts';
import { sampleDivergence, sampleRecord } from '../../reports/testing/sample-record.ts';
import type { Engine } from '../engine.ts';

/** The counterexample of the sample divergence, as little of it as a file must have. */
export const sampleCounterexample: Counterexample = {
  counterexampleVersion: 1,
  id: sampleDivergence.id,
  fingerprint: 'accepted|ConnectRouterInterface|R36',
  operation: 'ConnectRouterInterface',
  rules: ['R36'],
  expected: sampleDivergence.expected,
  observed: sampleDivergence.observed,
  seed: 42,
  sequence: {
    commands: [
      {
        kind: 'call',
        operation: 'CreateRouterInterface',
        args: { RouterId: { ref: 'router#1' } },
        as: 'ri#1',
      },
      { kind: 'control', hook: 'interface', on: { ref: 'ri#1' }, set: { operationLocked: true } },
      { kind: 'settle' },
    ],
    routers: 1,
    exclusive: false,
  },
  trace: {
    traceVersion: 1,
    target: 'emulator',
    environment: {
      edition: 'E2026',
      regionId: 'cn-beijing',
      regions: ['cn-beijing'],
      routers: [{ id: 'vrt-1', regionId: 'cn-beijing' }],
      limits: { perRouter: 5, perAccount: null },
      bounds: { settleMs: 1000, staleMs: 0 },
      readsLag: false,
    },
    steps: [
      {
        command: { kind: 'call', operation: 'CreateRouterInterface', args: {} },
        observation: { kind: 'answer', status: 400, body: { Code: 'MissingRegionId' } },
        start: 0,
        end: 1,
      },
    ],
  },
};

export const diverging: ConformanceResult = {
  record: sampleRecord,
  counterexamples: new Map([[sampleDivergence.id, sampleCounterexample]]),
};
export const conforming: ConformanceResult = {
  record: { ...sampleRecord, verdict: 'conforms', divergences: [] },
  counterexamples: new Map(),
};

/** An engine that remembers what it was asked for. */
export interface FakeEngine extends Engine {
  readonly runs: ConformanceOptions[];
}

/** Returns an engine whose runs end as `run` says, and everything else as `others` do. */
export function fakeEngine(
  run: (options: ConformanceOptions) => ConformanceResult | Promise<ConformanceResult> = () => conforming,
  others: Partial<Engine> = {},
): FakeEngine {
  const runs: ConformanceOptions[] = [];
  return {
    runs,
    async runConformance(options) {
      runs.push(options);
      return run(options);
    },
    replay: others.replay ?? (() => Promise.reject(new Error('not asked for'))),
    measureBehaviour: others.measureBehaviour ?? (() => Promise.reject(new Error('not asked for'))),
    compareTargets: others.compareTargets ?? (() => Promise.reject(new Error('not asked for'))),
    judgeTrace:
      others.judgeTrace ??
      (() => {
        throw new Error('not asked for');
      }),
  };
}
