/** The shapes of the lists that stand beside rules and operations. */
import * as z from 'zod';
import { ambiguityId, certainty, month, ruleId, sentence, source, transitionId } from './schema-atoms.ts';

export const editionSchema = z.strictObject({
  id: z.string().min(1),
  title: sentence,
  description: sentence,
  from: month,
  to: month.exactOptional(),
  strict: z.boolean(),
  kind: z.enum(['document', 'metadata', 'client', 'run', 'gateway']),
  seed: z.boolean().exactOptional(),
});
export type Edition = z.infer<typeof editionSchema>;

export const notModelledSchema = z.strictObject({
  rule: ruleId,
  reason: sentence,
  kind: z.enum([
    'needs a VBR',
    'needs a second account',
    'needs a purchase',
    'needs control',
    'unknown input',
    'gateway: protocol suite',
    'other operation',
  ]),
});
export type NotModelled = z.infer<typeof notModelledSchema>;

export const ambiguitySchema = z.strictObject({
  id: ambiguityId,
  topic: sentence,
  text: sentence,
  /** The alternatives a tolerant judge accepts; none where nothing is judged. */
  values: z.array(z.string().regex(/^\S+$/, 'no blanks in a value')),
  sources: z.array(source),
});
export type Ambiguity = z.infer<typeof ambiguitySchema>;

export const transitionSchema = z.strictObject({
  id: transitionId,
  /** Statuses, or `none` (before creation) or `any`. */
  from: z.array(z.string().min(1)).min(1),
  /** An operation, or what happens inside the service. */
  event: z.string().min(1),
  internal: z.boolean().default(false),
  condition: sentence.exactOptional(),
  /** A status, or `gone` or `unchanged`. */
  to: z.string().min(1),
  /** Statuses that may be seen on the way. */
  via: z.array(z.string().min(1)).exactOptional(),
  side: z.enum(['called', 'created', 'initiator', 'acceptor', 'peer', 'both', 'all of the account']),
  sources: z.array(z.string().min(2)).min(1),
  certainty,
  rules: z.array(ruleId).default([]),
  note: sentence.exactOptional(),
});
export type Transition = z.output<typeof transitionSchema>;

export const seedStatementSchema = z.strictObject({
  statement: sentence,
  rules: z.array(ruleId).min(1),
  /** The short message or code exactly as the document prints it. */
  quote: z.string().min(1).exactOptional(),
  /** The row of the document's error table. */
  row: z.strictObject({ http: z.int(), code: z.string(), message: z.string() }).exactOptional(),
});
export type SeedStatement = z.infer<typeof seedStatementSchema>;
