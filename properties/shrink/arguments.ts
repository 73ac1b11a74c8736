import { operationByName } from '../../model/spec/operations.ts';
import type { CallCommand, Command } from '../../model/vocabulary.ts';

/** Values that say "nothing special" for a parameter, simplest first. */
const simplest: Readonly<Record<string, string>> = { Spec: 'Mini.2', Name: 'ab', Description: 'ab' };

/** The call without an argument. */
export function withoutArgument(call: CallCommand, name: string): CallCommand {
  const { [name]: _left, ...args } = call.args;
  return { ...call, args };
}

export const isMandatory = ({ operation }: CallCommand, name: string): boolean =>
  operationByName(operation).parameters.find((each) => each.name === name)?.required === true;

/** A call with the plainest values there are; undefined if it has them. */
export function plainest(command: CallCommand): CallCommand | undefined {
  const values = Object.entries(simplest).filter(([name]) => isPlainable(command, name));
  if (values.length === 0) return undefined;
  return { ...command, args: { ...command.args, ...Object.fromEntries(values) } };
}

/** Whether a value is there for something plainer to take its place. */
function isPlainable({ args }: CallCommand, name: string): boolean {
  const plain = simplest[name];
  // An acceptor has no bandwidth to choose.
  return name in args && args[name] !== plain && args[name] !== 'Negative';
}

/** Whether it lists everything on the routers of a sequence, as `Plan.look` does. */
export function isFullLook({ operation, args }: CallCommand): boolean {
  const { RegionId: _region, 'Filter.1.Key': key, PageSize: size, ...values } = args;
  return (
    operation === 'DescribeRouterInterfaces' &&
    key === 'RouterId' &&
    size === '50' &&
    Object.entries(values).every(
      ([name, value]) => name.startsWith('Filter.1.Value.') && typeof value === 'object',
    )
  );
}

/** Leaves out arguments, or makes them plainer, one by one for as long as that is accepted. */
export async function simplifyArguments(
  best: () => readonly Command[],
  accept: (commands: readonly Command[]) => Promise<boolean>,
): Promise<void> {
  for (let index = best().length - 1; index >= 0; index--) {
    const command = best()[index];
    if (command?.kind !== 'call') continue;
    for (const name of Object.keys(command.args)) {
      const current = best()[index];
      // What shows the divergence earlier than before is cut there: this command may be gone.
      if (current?.kind !== 'call') break;
      await accept(best().with(index, withoutArgument(current, name)));
    }
    const current = best()[index];
    const plain = current?.kind === 'call' ? plainest(current) : undefined;
    if (plain !== undefined) await accept(best().with(index, plain));
  }
}
