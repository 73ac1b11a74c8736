import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deepFreeze, environment, otherRegion, region } from '../../model/testing/worlds.ts';
import type { Step } from '../../model/vocabulary.ts';
import { sequenceArbitrary } from '../generate/sequence-arbitrary.ts';
import { defaultTables } from '../tables.ts';
import { diceOf, PermissiveTarget } from '../score/model-target.ts';
import { Evidence } from './evidence.ts';
import { Judge } from './judge.ts';

/** The judge against a target that is all the model permits: whatever it does must be explained. */

const tables = defaultTables();
const env = environment({
  routers: [1, 2, 3].map((number) => ({ id: `vrt-${number}`, regionId: region, vpcId: `vpc-${number}` })),
});
const sequences = sequenceArbitrary({
  capabilities: { accountHook: true, interfaceHook: true, routeEntries: true },
  maxLength: 40,
  maxRouters: 3,
  region,
  otherRegion,
});

/** What a permissive target did with a random sequence; it shrinks without changing its answers. */
const walks: fc.Arbitrary<readonly Step[]> = fc.tuple(sequences, fc.integer()).map(([{ commands }, seed]) => {
  const target = new PermissiveTarget(diceOf(seed), tables, env);
  return commands.map((command) => target.perform(command));
});
const runs = { numRuns: 300, seed: 17 };

/** The same of a target to and from which everything takes its time. */
const slowWalks: fc.Arbitrary<readonly Step[]> = fc
  .tuple(sequences, fc.integer())
  .map(([{ commands }, seed]) => {
    const target = new PermissiveTarget(diceOf(seed), tables, env, { slow: true });
    return commands.map((command) => target.perform(command));
  });

const lagging = { ...env, bounds: { ...env.bounds, staleMs: 50 } };
/** The same of a target each of whose reads shows any moment within the bound, also an earlier one than the last. */
const laggingWalks: fc.Arbitrary<readonly Step[]> = fc
  .tuple(sequences, fc.integer(), fc.boolean())
  .map(([{ commands }, seed, slow]) => {
    const target = new PermissiveTarget(diceOf(seed), tables, lagging, { lags: true, slow });
    return commands.map((command) => target.perform(command));
  });

test('the judge finds nothing wrong with a target that answers slowly', () => {
  fc.assert(
    fc.property(slowWalks, (steps) => {
      const judge = new Judge(tables, env);
      for (const [index, step] of steps.entries())
        expect(judge.step(step), `step ${index}: ${JSON.stringify(step)}`).toEqual({ kind: 'conforms' });
    }),
    runs,
  );
});

describe('the judge, of a target whose reads lag', () => {
  test.each([
    ['when that is known', true],
    ['when set-up did not notice', false],
  ])('finds nothing wrong, %s', (_, readsLag) => {
    fc.assert(
      fc.property(laggingWalks, (steps) => {
        const judge = new Judge(tables, { ...lagging, readsLag });
        for (const [index, step] of steps.entries()) {
          const verdict = judge.step(step);
          expect(verdict.kind, `step ${index}: ${JSON.stringify([step, verdict])}`).not.toBe('diverges');
        }
      }),
      runs,
    );
  });
});

describe('the judge, of a target whose clock the harness moves', () => {
  const manual = { ...env, clock: 'manual' as const };
  const manualWalks = fc.tuple(sequences, fc.integer()).map(([{ commands }, seed]) => {
    const target = new PermissiveTarget(diceOf(seed), tables, manual);
    return commands.map((command) => target.perform(command));
  });

  test('finds nothing wrong where nothing happens while it stands', () => {
    fc.assert(
      fc.property(manualWalks, (steps) => {
        const judge = new Judge(tables, manual);
        for (const [index, step] of steps.entries())
          expect(judge.step(step), `step ${index}: ${JSON.stringify(step)}`).toEqual({ kind: 'conforms' });
      }),
      runs,
    );
  });

  test('finds fault with one on which something does', () => {
    const found = fc.sample(walks, { numRuns: 300, seed: 17 }).filter((steps) => {
      // The same walks, but the clock of this one does not stand still: each time says otherwise.
      const judge = new Judge(tables, { ...manual, bounds: { ...manual.bounds, staleMs: 0 } });
      return steps
        .map((step) => judge.step({ ...step, start: 0, end: 0 }))
        .some(({ kind }) => kind === 'diverges');
    });
    expect(found.length).toBeGreaterThan(30);
  });
});

describe('the judge, of a target that does anything that is permitted', () => {
  test('finds nothing wrong, and never loses track', () => {
    const kinds = new Map<string, number>();
    fc.assert(
      fc.property(walks, (steps) => {
        const judge = new Judge(tables, env);
        for (const [index, step] of steps.entries()) {
          const verdict = judge.step(step);
          kinds.set(verdict.kind, (kinds.get(verdict.kind) ?? 0) + 1);
          expect(verdict, `step ${index}: ${JSON.stringify(step)}`).toEqual({ kind: 'conforms' });
        }
      }),
      runs,
    );
    expect(kinds.get('conforms')).toBeGreaterThan(2000);
  });

  test('believes in few worlds at any time, and in no world twice', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        const judge = new Judge(tables, env);
        for (const step of steps) {
          judge.step(step);
          expect(judge.belief.length).toBeGreaterThan(0);
          expect(judge.belief.length).toBeLessThanOrEqual(64);
          expect(new Set(judge.belief.map((world) => JSON.stringify(world))).size).toBe(judge.belief.length);
        }
      }),
      { ...runs, numRuns: 100 },
    );
  });

  test('changes no world that it believed in before, and no step', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        const judge = new Judge(tables, env);
        for (const step of steps) {
          deepFreeze(judge.belief);
          judge.step(deepFreeze(step));
        }
      }),
      { ...runs, numRuns: 100 },
    );
  });

  test('says the same of the same trace, whatever it judged before', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        const evidence = [new Evidence(), new Evidence()];
        const judges = evidence.map((each) => new Judge(tables, env, each));
        const [first, second] = judges.map((judge) => structuredClone(steps).map((step) => judge.step(step)));
        expect(second).toEqual(first);
        expect(evidence[1]).toEqual(evidence[0]);
      }),
      { ...runs, numRuns: 50 },
    );
  });
});
