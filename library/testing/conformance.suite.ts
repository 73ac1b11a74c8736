import { conformance } from '../vitest.ts';

/**
 * The campaign as a test suite, one test per rule: `npm run conformance`, steered by the environment and a
 * configuration file. It runs under a config of its own, never with the tests of this project.
 */
await conformance();
