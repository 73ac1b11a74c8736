/** The model: what the documents say, and the lifecycle chart that is made of it. */
export { compile, type StateRow, type Tables, type TransitionRow } from './compile.ts';
export { routerInterface } from './lifecycle.ts';
export { ambiguities } from './spec/ambiguities.ts';
export { type EditionId, editionIds, editions, isEdition, type SourceId } from './spec/editions.ts';
export { type OperationName, operations } from './spec/operations.ts';
export { type Certainty, type Refusal, type Rule, ruleById, type RuleId, rules } from './spec/rules.ts';
export type * from './vocabulary.ts';
