import type { SuiteOptions } from './judge-target.ts';

export { type Config, defineConfig } from './define-config.ts';
export type { SuiteOptions } from './judge-target.ts';

/**
 * `conformance` of `ri-conformance/vitest`, loaded when it is called: whoever only writes a configuration needs no
 * vitest.
 */
export async function conformance(options: SuiteOptions = {}): Promise<void> {
  const suite = await import('./vitest.ts');
  await suite.conformance(options);
}
