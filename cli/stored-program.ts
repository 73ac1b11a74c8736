import type { Command, Observation, Step } from '../model/vocabulary.ts';
import type { Counterexample } from '../properties/counterexample.ts';
import type { ProtocolCounterexample } from '../properties/protocol/counterexample.ts';
import type { ProgramLine } from '../reports/record.ts';

function answerOf(observation: Observation | undefined): string | undefined {
  switch (observation?.kind) {
    case undefined:
      return undefined;
    case 'answer': {
      const code = observation.body?.['Code'];
      return typeof code === 'string' ? `${observation.status} ${code}` : String(observation.status);
    }
    case 'silence':
    case 'indeterminate':
    case 'unreachable':
    case 'inexpressible':
    case 'crashed':
    default:
      return observation?.kind;
  }
}

function argumentsOf(command: Command): Readonly<Record<string, string>> {
  switch (command.kind) {
    case 'call':
      return Object.fromEntries(
        Object.entries(command.args).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : value.ref,
        ]),
      );
    case 'control': {
      const { on, set } = command;
      const values = Object.entries(set).map(([name, value]) => [name, String(value)]);
      return Object.fromEntries(on === undefined ? values : [['on', on.ref], ...values]);
    }
    case 'settle':
    default:
      return {};
  }
}

function lineOf(command: Command, step: Step | undefined): ProgramLine {
  const answer = answerOf(step?.observation);
  return {
    kind: command.kind,
    ...(command.kind === 'call' ? { operation: command.operation } : {}),
    ...(command.kind === 'control' ? { operation: command.hook } : {}),
    args: argumentsOf(command),
    ...(command.kind === 'call' && command.as !== undefined ? { as: command.as } : {}),
    ...(answer === undefined ? {} : { answer }),
    diverges: false,
  };
}

/** Returns the commands of a stored counterexample with what came back when it was found, not judged. */
export function storedProgram(stored: Counterexample | ProtocolCounterexample): readonly ProgramLine[] {
  if ('suite' in stored) return stored.exchanges.map((each) => exchangeLine(each));
  const { sequence, trace } = stored;
  // What clients sent at once stands in the order in which it was sent: as in the trace.
  if (sequence.race !== undefined)
    return trace.steps.map((step) => ({
      ...lineOf(step.command, step),
      ...(step.client === undefined ? {} : { client: step.client }),
      ...(step.order === undefined ? {} : { order: step.order }),
    }));
  return sequence.commands.map((command, index) => lineOf(command, trace.steps[index]));
}

function exchangeLine({ call, answer }: ProtocolCounterexample['exchanges'][number]): ProgramLine {
  const came = answerOf(answer.observation);
  return {
    kind: 'call',
    operation: call.operation,
    args: call.params,
    ...(came === undefined ? {} : { answer: came }),
    diverges: false,
  };
}
