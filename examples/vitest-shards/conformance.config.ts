import { defineConfig } from 'ri-conformance';

export default defineConfig({
  // The same for all parts: by it they are parts of one campaign.
  seed: 7,
  commands: 600,
  suite: 'random,guided',
});
