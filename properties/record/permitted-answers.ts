import type { Tables } from '../../model/compile.ts';
import { type Call, permitted } from '../../model/permitted.ts';
import { refusalsOf, ruleById } from '../../model/spec/rules.ts';
import { type JudgedOperation, judgedOperations } from '../../model/vocabulary.ts';
import type { Environment } from '../../model/world.ts';
import type { PermittedAnswer } from '../../reports/record.ts';
import { given } from '../given.ts';
import { Judge } from '../oracle/judge.ts';
import type { Trace } from '../trace.ts';

const judged: ReadonlySet<string> = new Set(judgedOperations);

/**
 * Every answer that the documents permit to the last call of a trace after all that came before it; none where
 * that is no call that is judged, or where too much is open.
 */
export function permittedAnswers(tables: Tables, { environment, steps }: Trace): PermittedAnswer[] {
  const last = steps.at(-1);
  if (last?.command.kind !== 'call' || !judged.has(last.command.operation)) return [];
  if (steps.some(({ client }) => client !== undefined)) return [];
  const judge = new Judge(tables, environment);
  for (const step of steps.slice(0, -1)) judge.step(step);
  const call: Call = { operation: last.command.operation as JudgedOperation, args: last.sent ?? {} };
  const found = new Map<string, PermittedAnswer>();
  for (const world of judge.belief) {
    for (const { kind, rules, may } of permitted(tables, world, call, last.start, last.end).outcomes) {
      const answers =
        kind === 'refusal' ? refusals(rules, call.operation, environment) : [{ answer: '200', rules }];
      for (const answer of answers) {
        const key = `${answer.answer} ${answer.rules.join(' ')}`;
        if (!found.has(key)) found.set(key, { ...answer, ...given({ choice: may }) });
      }
    }
  }
  return [...found.values()];
}

function refusals(
  rules: readonly string[],
  operation: JudgedOperation,
  { edition }: Environment,
): PermittedAnswer[] {
  return rules.flatMap((id) => {
    const rows = refusalsOf(ruleById(id), operation, edition).refusals;
    if (rows.length === 0) return [{ answer: '4xx, code not documented', rules: [id] }];
    return rows.map(({ http, code, match, message }) => ({
      answer: `${http ?? '4xx'} ${code}${match === 'prefix' ? '*' : ''}`,
      ...(message === null ? {} : { message }),
      rules: [id],
    }));
  });
}
