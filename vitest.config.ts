import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules', 'dist'],
    // Generous, because two busy cores are slow; the slow tests are campaigns of thousands of commands.
    testTimeout: 120_000,
    // Every core (the default leaves one idle), each with one process that loads the sources only once:
    // tests share no state but what is computed from nothing, such as the tables compiled from the chart.
    maxWorkers: '100%',
    isolate: false,
    coverage: {
      provider: 'v8',
      reporter: ['text-summary'],
      include: ['{model,properties,adapters,reports}/**/*.ts'],
      exclude: ['**/*.test.ts', '**/testing/**'],
      // Where verdicts come from, nearly every branch must be taken by some test.
      // 95 is the aim; suites that came lately have not been measured against it yet.
      thresholds: { 'model/**': { branches: 92 }, 'properties/**': { branches: 88 } },
    },
  },
});
