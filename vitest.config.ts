import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules', 'dist'],
    // Generous, because two busy cores are slow; the slow tests are campaigns of thousands of commands.
    testTimeout: 120_000,
    coverage: {
      provider: 'v8',
      reporter: ['text-summary'],
      include: ['model/**', 'properties/**', 'adapters/**', 'reports/**'],
      exclude: ['**/*.test.ts', '**/testing/**'],
      // Where verdicts come from, nearly every branch must be taken by some test.
      thresholds: { 'model/**': { branches: 95 }, 'properties/**': { branches: 95 } },
    },
  },
});
