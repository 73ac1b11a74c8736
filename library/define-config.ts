import type { Config } from '../cli/options.ts';

export type { Config };

/**
 * Returns `config` as it is, checked and completed by the editor: for `conformance.config.ts`.
 *
 * ```ts
 * import { defineConfig } from 'ri-conformance';
 *
 * export default defineConfig({ target: 'http://127.0.0.1:8787', seed: 7 });
 * ```
 */
export function defineConfig(config: Config): Config {
  return config;
}
