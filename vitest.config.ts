import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, longest first: what starts late is what the other cores wait for. */
const slowest = [
  'docs/docs.test.ts',
  'properties/mutants.test.ts',
  'properties/profiles.test.ts',
  'properties/suites.test.ts',
  'properties/chart-mutation.test.ts',
  'properties/over-drivers.test.ts',
  'properties/over-sdk.test.ts',
  'properties/over-http.test.ts',
  'properties/sdk/npm-sdks.test.ts',
  'library/conformance-suite.test.ts',
  'properties/compare/compare.test.ts',
  'properties/score/score.test.ts',
  'properties/recording.test.ts',
  'cli/end-to-end.test.ts',
];
for (const path of slowest)
  if (!existsSync(new URL(path, import.meta.url)))
    throw new Error(`vitest.config.ts names ${path}, which is not there`);

/** Starts the slowest files first, then the others, the biggest first. */
class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const index = slowest.indexOf(relative(import.meta.dirname, moduleId));
      return index < 0 ? slowest.length : index;
    };
    // oxlint-disable-next-line unicorn/no-array-sort -- a sequencer's method of that name
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules', 'dist', 'examples'],
    // Generous, because two busy cores are slow; the slow tests are campaigns of thousands of commands.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Every core (the default leaves one idle), each with one process that loads the sources only once:
    // tests share no state but what is computed from nothing, such as the tables compiled from the chart.
    maxWorkers: '100%',
    isolate: false,
    sequence: { sequencer: SlowestFirst },
    coverage: {
      provider: 'v8',
      reporter: ['text-summary'],
      include: ['{model,properties,adapters,reports}/**/*.ts'],
      exclude: ['**/*.test.ts', '**/testing/**'],
      // Where verdicts come from, nearly every branch must be taken by some test.
      thresholds: { 'model/**': { branches: 95 }, 'properties/**': { branches: 95 } },
    },
  },
});
