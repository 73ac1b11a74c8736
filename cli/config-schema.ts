import type { Option } from 'commander';
import * as z from 'zod';
import { configSchema, flagOf } from './options.ts';

/**
 * Returns the JSON schema of a configuration file (`conformance.schema.json` in the package), as an editor reads it. The words for an option are those of its
 * flag: `options` are the options of `run`.
 */
export function configJsonSchema(options: readonly Option[]): Record<string, unknown> {
  const { $schema, properties, ...rest } = z.toJSONSchema(configSchema, { io: 'input' });
  const words = new Map(options.map(({ long, description }) => [long, description]));
  const described = Object.entries(properties ?? {}).map(([name, schema]) => {
    const description = words.get(flagOf(name))?.replace(', see below', '');
    const { maximum, ...all } = typeof schema === 'object' ? schema : {};
    // The largest number that JavaScript counts with says nothing to anybody.
    const bounds = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum };
    return [name, { ...(description === undefined ? {} : { description }), ...all, ...bounds }];
  });
  return {
    $schema,
    title: 'Configuration of ri-conformance',
    ...rest,
    properties: Object.fromEntries(described),
  };
}
