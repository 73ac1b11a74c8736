/**
 * The shapes of the facts. The data are hand-written, so every entry is parsed when its module loads and a
 * slip is reported with the list, the entry and the field it is in.
 */
import * as z from 'zod';
import {
  ambiguityId,
  basis,
  certainty,
  httpStatus,
  key,
  needs,
  operation,
  ruleId,
  sentence,
  source,
  transitionId,
} from './schema-atoms.ts';

export * from './schema-lists.ts';
export type Certainty = z.infer<typeof certainty>;

const message = z.string().min(1).nullable();
/** full: the whole text; cut: its beginning; none: not captured, or only a placeholder is printed. */
const messageBasis = z.enum(['full', 'cut', 'none']);

const refusalSchema = z.strictObject({
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
const errorRowSchema = z
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

const parameterSchema = z.strictObject({
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

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
