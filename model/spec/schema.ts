/**
 * The shapes of the facts. The data are hand-written, so every entry is parsed when its module loads and a
 * slip is reported with the list, the entry and the field it is in.
 */
import * as z from 'zod';
import { sourceIds } from './editions.ts';
import { operationNames } from './names.ts';

const sentence = z.string().min(3);
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected yyyy-mm');
const ruleId = z.string().regex(/^[RP][1-9]\d*$/, 'expected R1, R2, … or P1, P2, …');
const transitionId = z.string().regex(/^T[1-9]\d*$/, 'expected T1, T2, …');
const ambiguityId = z.string().regex(/^A[1-9]\d*$/, 'expected A1, A2, …');
const source = z.enum(sourceIds);
const operation = z.enum(operationNames);
const key = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case-words');
const httpStatus = z.int().min(400).max(599).nullable();

export const certainty = z.enum(['documented', 'observed', 'inferred', 'contested']);
export type Certainty = z.infer<typeof certainty>;
export const basis = z.enum(['documented', 'observed', 'inferred']);
/** What a test must be able to do to see the rule broken. */
export const needs = z.enum(['api', 'timing', 'control', 'second account', 'vbr', 'purchase']);

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

const message = z.string().min(1).nullable();
/** full: the whole text; cut: its beginning; none: not captured, or only a placeholder is printed. */
const messageBasis = z.enum(['full', 'cut', 'none']);

export const refusalSchema = z.strictObject({
  operation,
  http: httpStatus,
  code: z.string().min(1),
  match: z.enum(['exact', 'prefix']),
  message,
  messageBasis,
  editions: z.array(source).min(1),
  basis,
  when: sentence,
});
export type Refusal = z.infer<typeof refusalSchema>;

/** A row of an operation's error table. It belongs to rules, or says why it belongs to none. */
export const errorRowSchema = z
  .strictObject({
    http: httpStatus,
    code: z.string().min(1),
    match: z.enum(['exact', 'prefix']).default('exact'),
    message,
    messageBasis: messageBasis.exactOptional(),
    when: sentence,
    editions: z.array(source).min(1),
    /** Rules whose violation the sources report by this row. */
    rules: z.array(ruleId).default([]),
    /** Rules for which this row is only our, or a client's, reading. */
    alsoFits: z
      .array(
        z.strictObject({
          rule: ruleId,
          basis: z.enum(['observed', 'inferred']),
          when: sentence.exactOptional(),
        }),
      )
      .default([]),
    unclaimed: sentence.exactOptional(),
  })
  .transform((row) => ({
    ...row,
    messageBasis: row.messageBasis ?? (row.message === null ? 'none' : 'full'),
  }))
  .refine((row) => (row.rules.length + row.alsoFits.length === 0) === (row.unclaimed !== undefined), {
    message: 'a row either belongs to rules or says in "unclaimed" why it does not',
  });
export type ErrorRow = z.output<typeof errorRowSchema>;

export const parameterSchema = z.strictObject({
  name: z.string().min(1),
  type: z.string().min(1),
  required: z.boolean(),
  enum: z.array(z.string()).min(1).exactOptional(),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
  pattern: z.string().refine(isPattern, 'not a regular expression').exactOptional(),
  default: z.union([z.string(), z.number(), z.boolean()]).exactOptional(),
  note: sentence.exactOptional(),
});

export const operationSchema = z.strictObject({
  name: operation,
  kind: z.enum(['judged', 'supporting', 'gateway']),
  purpose: sentence,
  parameters: z.array(parameterSchema),
  /** Fields of a successful answer; `[]` marks a list. */
  response: z.array(
    z.strictObject({ path: z.string().min(1), type: z.string().min(1), note: sentence.exactOptional() }),
  ),
  preconditions: z.array(sentence),
  effects: z.array(sentence),
  idempotency: sentence.exactOptional(),
  errors: z.array(errorRowSchema),
  /** False when rows are known to be missing from the tables that were seen. */
  errorsComplete: z.boolean(),
  sources: z.array(z.string().min(2)).min(1),
});
export type OperationFacts = z.output<typeof operationSchema>;
export type OperationInput = z.input<typeof operationSchema>;

/** A rule as it is written down; the rows of the error tables are joined to it later. */
export const ruleTextSchema = z.strictObject({
  id: ruleId,
  key,
  operations: z.array(operation).min(1),
  statement: sentence,
  certainty: certainty.default('documented'),
  codeKnown: z.boolean().default(true),
  sources: z.array(z.string().min(2)).min(1),
  editions: z.array(source),
  needs: needs.default('api'),
  note: sentence.exactOptional(),
  /** Ambiguities and transitions that bear on the rule. */
  see: z.array(z.union([ambiguityId, transitionId])).default([]),
  /** Refusals that are in no error table of the operation. */
  also: z
    .array(
      z.strictObject({
        operations: z.array(operation).min(1),
        http: httpStatus,
        code: z.string().min(1),
        match: z.enum(['exact', 'prefix']).default('exact'),
        message,
        editions: z.array(source).min(1),
        basis,
        when: sentence,
      }),
    )
    .default([]),
});
export type RuleText = z.output<typeof ruleTextSchema>;
export type RuleTextInput = z.input<typeof ruleTextSchema>;

export const ruleSchema = ruleTextSchema
  .omit({ also: true })
  .extend({ refusals: z.array(refusalSchema) })
  .superRefine((rule, context) => {
    for (const { operation, code } of rule.refusals) {
      if (rule.operations.includes(operation)) continue;
      context.addIssue({
        code: 'custom',
        message: `${code} is of ${operation}, which the rule is not about`,
      });
    }
  });
export type Rule = z.output<typeof ruleSchema>;

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

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
