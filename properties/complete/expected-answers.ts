import { textOf } from '../../model/text.ts';
import type { Step } from '../../model/vocabulary.ts';
import { slots } from '../machine/abstraction.ts';
import type { Machine } from '../machine/machine.ts';
import type { Script } from '../machine/script.ts';
import { areDisjoint } from '../machine/step.ts';
import type { Trace } from '../trace.ts';

/** Answers as the machine has them, and others by what they were. */
export interface Compared {
  expected: number;
  readonly otherwise: Map<string, number>;
}

/** Compares every answer of a test with what the machine can answer there. */
export function answersExpected(machine: Machine, script: Script, trace: Trace, compared: Compared): void {
  const ids = new Map<string, string>();
  for (const [index, step] of trace.steps.entries()) {
    const { command, observation } = step;
    if (command.kind !== 'call' || observation?.kind !== 'answer') continue;
    const id = observation.body?.['RouterInterfaceId'];
    if (command.as !== undefined && typeof id === 'string') ids.set(command.as, id);
    // Of an input that takes several commands the last is the answer.
    const at = script.origins[index];
    if (at === undefined || script.origins[index + 1] === at) continue;
    const taken = script.taken[at];
    const cell = taken === undefined ? undefined : machine.cell(taken.from, taken.input);
    if (taken === undefined || cell === undefined) continue;
    const expected = machine.outputs[cell.output] as readonly string[];
    const names = slots.map((slot) => ids.get(taken.names.get(slot) ?? ''));
    const seen = answerOf(step, names);
    if (areDisjoint([seen], expected)) {
      const text = `"${seen}" to ${machine.inputs[taken.input]?.id} in "${machine.states[taken.from]?.label}"`;
      compared.otherwise.set(text, (compared.otherwise.get(text) ?? 0) + 1);
    } else compared.expected += 1;
  }
}

type Item = Readonly<Record<string, unknown>>;

/** An answer in the words of the machine. `ids`: those of initiator and acceptor, once they are made. */
function answerOf({ command, observation }: Step, ids: readonly (string | undefined)[]): string {
  if (observation?.kind !== 'answer' || command.kind !== 'call') return '';
  const { body = {}, status } = observation;
  if (status >= 300) return textOf(body['Code']);
  if (command.operation === 'DescribeRouterInterfaces') {
    const set = body['RouterInterfaceSet'] as { RouterInterfaceType?: readonly Item[] } | undefined;
    const items = set?.RouterInterfaceType ?? [];
    return `ok ${ids.map((id) => shownOf(items.find((item) => item['RouterInterfaceId'] === id))).join(' + ')}`;
  }
  return 'ok';
}

function shownOf(item: Item | undefined): string {
  if (item === undefined) return '-';
  const status = textOf(item['Status']);
  const told = textOf(item['OppositeInterfaceId']) === '' || status === 'Deleting' ? '' : '>';
  const business = textOf(item['BusinessStatus']);
  return `${status}${told}${business === 'Normal' ? '' : ` ${business}`}`;
}
