import { defineConfig } from 'vitest/config';

/** `npm run conformance`: the campaign as a suite, against the target that the environment names. */
export default defineConfig({
  test: {
    include: ['library/testing/conformance.suite.ts'],
    reporters: ['verbose'],
  },
});
