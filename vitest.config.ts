import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules', 'dist'],
    testTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['model/**', 'properties/**', 'adapters/**', 'reports/**'],
      exclude: ['**/*.test.ts'],
    },
  },
});
