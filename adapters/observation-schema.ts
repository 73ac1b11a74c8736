import * as z from 'zod';

/** What an observation looks like in a file. */
export const observationSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('answer'),
    status: z.int(),
    body: z.record(z.string(), z.unknown()).exactOptional(),
    defect: z.string().exactOptional(),
    untold: z.array(z.string()).readonly().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('silence'), afterMs: z.number() }),
  z.strictObject({ kind: z.literal('indeterminate'), cause: z.string() }),
  z.strictObject({ kind: z.literal('unreachable'), cause: z.string() }),
  z.strictObject({ kind: z.literal('inexpressible'), reason: z.string() }),
  z.strictObject({ kind: z.literal('crashed'), how: z.string() }),
]);
