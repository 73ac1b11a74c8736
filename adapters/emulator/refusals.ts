import { type Edition, rowFor } from './editions.ts';
import { refusalTable } from './refusal-table.ts';

/** What a refusal looks like on the wire. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Names a row of {@link refusalTable}, or a parameter for the gateway's own naming scheme. */
export type Reason = keyof typeof refusalTable | `Missing${string}` | `Invalid${string}`;

/** Returns what every reason of the table looks like in `edition`. */
export function refusalsOf(edition: Edition): Map<string, Refusal> {
  return new Map(
    Object.entries(refusalTable).map(([reason, rows]) => {
      const { status, code, message } = rowFor(edition, rows);
      return [reason, { status, code, message }];
    }),
  );
}

/**
 * Returns the refusal for a parameter that is missing or that no table names: the gateway's scheme
 * `Missing{Parameter}` and `Invalid{Parameter}`, HTTP 400 (R1, R2).
 */
export function parameterRefusal(reason: string): Refusal {
  if (reason.startsWith('Missing')) {
    return { status: 400, code: reason, message: `${reason.slice(7)} is mandatory for this action.` };
  }
  return { status: 400, code: reason, message: `Specified parameter ${reason.slice(7)} is not valid.` };
}
