import type { Arg, Command, Observation, Step } from '../model/vocabulary.ts';
import type { ProgramLine } from '../reports/record.ts';
import { given } from './given.ts';

const shownArg = (arg: Arg): string => (typeof arg === 'string' ? arg : arg.ref);

/** One command for a report; `last` is the one that diverges. */
export function programLine({ command, sent, observation, client, order }: Step, last: boolean): ProgramLine {
  const base = {
    kind: command.kind,
    ...given({ client, order }),
    diverges: last,
  };
  if (command.kind === 'settle') return base;
  if (command.kind === 'control') return { ...base, ...controlLine(command), ...given({ sent }) };
  return {
    ...base,
    operation: command.operation,
    args: Object.fromEntries(Object.entries(command.args).map(([name, value]) => [name, shownArg(value)])),
    ...given({ sent, as: command.as }),
    ...(observation === undefined ? {} : { answer: answerText(observation) }),
    ...(last && observation?.kind === 'answer' ? { body: observation.body } : {}),
  };
}

function controlLine({
  hook,
  on,
  set,
}: Extract<Command, { kind: 'control' }>): Pick<ProgramLine, 'operation' | 'args'> {
  const args = Object.fromEntries(Object.entries(set).map(([name, value]) => [name, String(value)]));
  return { operation: hook, args: { ...(on === undefined ? {} : { on: on.ref }), ...args } };
}

function answerText(observation: Observation): string {
  switch (observation.kind) {
    case 'answer': {
      const code = observation.body?.['Code'];
      const success = observation.status < 300 && (code === undefined || code === '200' || code === 200);
      return `${observation.status}${success ? '' : ` ${typeof code === 'string' ? code : (observation.defect ?? '(no code)')}`}`;
    }
    case 'silence':
      return `silence for ${observation.afterMs} ms`;
    case 'indeterminate':
      return `connection broke: ${observation.cause}`;
    case 'unreachable':
      return `not sent: ${observation.cause}`;
    case 'inexpressible':
      return `not sent: ${observation.reason}`;
    case 'crashed':
      return `the client broke down: ${observation.how}`;
  }
}
