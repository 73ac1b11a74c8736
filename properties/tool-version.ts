import { createRequire } from 'node:module';
import * as z from 'zod';

/** The version of this package. It is found by its name, since sources and build lie at different depths. */
export const version: string = z
  .object({ version: z.string() })
  .parse(createRequire(import.meta.url)('ri-conformance/package.json')).version;
