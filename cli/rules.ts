import { rulesAsJson, rulesAsText, type RuleFilter } from '../model/spec/print.ts';
import { UsageError } from '../properties/run/errors.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { reasonOf } from './reason.ts';

export interface RulesFlags {
  readonly json?: boolean | undefined;
  readonly rule?: readonly string[] | undefined;
  readonly operation?: string | undefined;
}

/** `ri-conformance rules`: prints what is judged, and where the documents say so. Returns the exit code. */
export function rules({ json, rule, operation }: RulesFlags, io: Io): ExitCode {
  const filter: RuleFilter = {
    ...(rule === undefined ? {} : { rules: rule.flatMap((ids) => ids.split(',')).filter((id) => id !== '') }),
    ...(operation === undefined ? {} : { operation }),
  };
  let text: string;
  try {
    text = json === true ? rulesAsJson(filter) : rulesAsText(filter);
  } catch (error) {
    throw new UsageError(reasonOf(error)); // all it can complain about is the filter
  }
  io.stdout.write(text.trim() === '' ? 'No rule matches.\n' : text);
  return exitCodes.conforms;
}
