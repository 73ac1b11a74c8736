import { deepFreeze, parseList } from './parse.ts';
import type { ErrorRow, OperationFacts } from './schema.ts';
import { operationSchema } from './schema.ts';
import type { EditionId } from './editions.ts';
import { isEdition } from './editions.ts';
import type { OperationName } from './names.ts';
import { judgedOperationData } from './operations-judged.ts';
import { otherOperationData } from './operations-other.ts';

export type { OperationName } from './names.ts';

/** What the documents say of each operation, its error table included. */
export const operations: readonly OperationFacts[] = parseList('operations', operationSchema, [
  ...judgedOperationData,
  ...otherOperationData,
]);

const byName = new Map(operations.map((operation) => [operation.name, operation]));

export function operationByName(name: OperationName): OperationFacts {
  const found = byName.get(name);
  if (found === undefined) throw new Error(`no facts about the operation ${name}`);
  return found;
}

export type Parameter = OperationFacts['parameters'][number];

export function parameterOf(operation: OperationName, name: string): Parameter {
  const { parameters } = operationByName(operation);
  const found = parameters.find((parameter) => parameter.name === name);
  if (found !== undefined) return found;
  const names = parameters.map((parameter) => parameter.name).join(', ');
  throw new Error(`${operation} has no parameter ${name}; there are ${names}`);
}

/** Rows of the tables that belong to no rule, and why: nothing of the tables is lost. */
export const unclaimedErrorRows: readonly { operation: OperationName; row: ErrorRow; reason: string }[] =
  deepFreeze(
    operations.flatMap((operation) =>
      operation.errors.flatMap((row) =>
        row.unclaimed === undefined ? [] : [{ operation: operation.name, row, reason: row.unclaimed }],
      ),
    ),
  );

/**
 * The editions in which rows of the operation's error table were seen. Elsewhere there is no table at all,
 * so that an edition's silence on a code says nothing.
 */
export function editionsWithTable(name: OperationName): readonly EditionId[] {
  return [...new Set(operationByName(name).errors.flatMap((row) => row.editions.filter(isEdition)))];
}
