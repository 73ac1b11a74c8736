import { defineConfig } from 'ri-conformance';

export default defineConfig({
  // The same sequences every time; RI_CONFORMANCE_SEED gives another one.
  seed: 7,
  commands: 600,
  suite: 'random,guided',
});
