import * as z from 'zod';
import { observationSchema } from '../observation-schema.ts';

/**
 * What an archive that is made of a recording tells beyond HAR 1.2, under names that begin with an underscore, as
 * the format asks of such: readers pass over what they do not know.
 */

/** `_ri` of an entry. */
export const entryExtras = z.strictObject({
  /** The part of the run. */
  part: z.string(),
  /** Milliseconds of the run's clock, which may be one that the harness moves. */
  start: z.number(),
  end: z.number(),
  /** What was seen, where an archive has no words for it. */
  observation: observationSchema.exactOptional(),
});
export type EntryExtras = z.infer<typeof entryExtras>;

/** `_ri` of the log: what the answers must be judged by. */
export const logExtras = z.strictObject({
  clock: z.enum(['manual', 'real']).exactOptional(),
  /** Milliseconds, as the run took them. */
  settleMs: z.number().exactOptional(),
  staleMs: z.number().exactOptional(),
  quotaPerRouter: z.number().exactOptional(),
});
export type LogExtras = z.infer<typeof logExtras>;

/** The path of a control hook, behind the base URL of the target. */
export const controlPath = '_control';
