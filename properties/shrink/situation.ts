import type { Tables } from '../../model/compile.ts';
import type { Arg, Command, Ref } from '../../model/vocabulary.ts';
import type { World } from '../../model/world.ts';
import { drawn } from '../generate/draw.ts';
import { given } from '../given.ts';
import type { Pair } from '../machine/abstraction.ts';
import { machineOf } from '../machine/machine-of.ts';
import type { Machine, MachineState } from '../machine/machine.ts';
import { programTo } from '../machine/script.ts';
import { Judge } from '../oracle/judge.ts';
import type { Trace } from '../trace.ts';

/** The state by the model in which the last change of a program was sent, and the ways there. */
export interface Situation {
  /** For people: `initiator Active, acceptor Inactive`. */
  readonly label: string;
  /** Commands of the program before that change. */
  readonly before: number;
  /** No program of the machine's inputs leads into the situation with fewer. */
  readonly atLeast: number;
  /** The way of the machine into it and the rest of the program after it, where that is shorter. */
  readonly shorter: readonly Command[] | undefined;
}

/**
 * Finds the situation that a program leads into among the states of one pair of interfaces. Undefined where
 * the model does not know for sure, or where more is involved than one pair: a lock, a route entry, a third
 * interface.
 */
export function situationOf(tables: Tables, trace: Trace): Situation | undefined {
  const { environment, steps } = trace;
  const before = steps.findLastIndex(({ command }) => changes(command));
  if (before <= 0) return undefined;
  const judge = new Judge(tables, environment);
  for (const step of steps.slice(0, before)) if (judge.step(step).kind === 'diverges') return undefined;
  const [world, ...others] = judge.belief;
  if (world === undefined || others.length > 0 || world.interfaces.length > 2) return undefined;
  const idOf = (role: string): string | undefined => world.interfaces.find((each) => each.role === role)?.id;
  const [initiator, acceptor] = [idOf('InitiatingSide'), idOf('AcceptingSide')];
  const pair: Pair = {
    ...given({ initiator, acceptor }),
  };
  if (Object.keys(pair).length !== world.interfaces.length || environment.routers.length < 2)
    return undefined;
  const routerOf = (id: string | undefined): string | undefined =>
    world.interfaces.find((each) => each.id === id)?.routerId;
  const ids = environment.routers.map(({ id }) => id);
  const first = routerOf(initiator) ?? ids.find((id) => id !== routerOf(acceptor)) ?? '';
  const second = routerOf(acceptor) ?? ids.find((id) => id !== first) ?? '';
  if (first === second) return undefined;
  const machine = machineOf(tables, {});
  const now = steps[before]?.start ?? 0;
  const state = [world, complete(world, false), complete(world, true)]
    .map((each) => machine.locate(each, pair, now, [first, second]))
    .find((each) => each !== undefined);
  if (state === undefined) return undefined;
  const script = drawn(0, 0, (draw) =>
    programTo(machine, state, { region: environment.regionId, otherRegion: '' }, draw),
  );
  const names = new Map<string, string>();
  for (const [slot, id] of Object.entries(pair)) {
    const name = script.nameOf(slot);
    const made = steps.find(
      ({ command, observation }) =>
        command.kind === 'call' &&
        command.as !== undefined &&
        observation?.kind === 'answer' &&
        observation.body?.['RouterInterfaceId'] === id,
    )?.command;
    if (name === undefined || made?.kind !== 'call') return undefined;
    names.set(made.as ?? '', name);
  }
  for (const [index, id] of [first, second].entries()) {
    const place = ids.indexOf(id) + 1;
    for (const kind of ['router', 'table', 'vpc']) names.set(`${kind}#${place}`, `${kind}#${index + 1}`);
  }
  const rest = steps.slice(before).map(({ command }) => renamed(command, names));
  return {
    label: (machine.states[state] as MachineState).label,
    before,
    atLeast: fewestInputs(machine)[state] as number,
    shorter: script.commands.length < before ? [...script.commands, ...rest] : undefined,
  };
}

/**
 * As it would be had what may be left out been given, types of routers and the owner of a peer: as many
 * commands lead there, and the inputs of the machine give it.
 */
const complete = (world: World, owner: boolean): World => ({
  ...world,
  interfaces: world.interfaces.map((each) => {
    const { routerType = 'VRouter', interfaceId, ownerId } = each.opposite;
    const told = owner && interfaceId !== undefined ? 'owner' : undefined;
    return { ...each, opposite: { ...each.opposite, routerType, ownerId: ownerId ?? told } };
  }),
});

const changes = (command: Command): boolean =>
  command.kind === 'control' || (command.kind === 'call' && !command.operation.startsWith('Describe'));

const fewest = new WeakMap<Machine, readonly (number | undefined)[]>();

/** By breadth-first search, doubtful ways included; an input is one command at least. */
function fewestInputs(machine: Machine): readonly (number | undefined)[] {
  const known = fewest.get(machine);
  if (known !== undefined) return known;
  const counts: (number | undefined)[] = [0];
  let reached = [0];
  for (let count = 1; reached.length > 0; count++) {
    const next = new Set<number>();
    for (const state of reached)
      for (const input of machine.inputs.keys())
        for (const branch of machine.cell(state, input)?.branches ?? [])
          if (branch.next !== undefined && counts[branch.next] === undefined) {
            counts[branch.next] = count;
            next.add(branch.next);
          }
    reached = [...next];
  }
  fewest.set(machine, counts);
  return counts;
}

/** The same command about what goes by other names. */
function renamed(command: Command, names: ReadonlyMap<string, string>): Command {
  const other = ({ ref }: Ref): Ref => ({ ref: names.get(ref) ?? ref });
  if (command.kind === 'settle') return command;
  if (command.kind === 'control')
    return command.on === undefined ? command : { ...command, on: other(command.on) };
  const args = Object.fromEntries(
    Object.entries(command.args).map(([name, arg]): [string, Arg] => [
      name,
      typeof arg === 'string' ? arg : other(arg),
    ]),
  );
  return { ...command, args, ...(command.as === undefined ? {} : { as: `${command.as}9` }) };
}
