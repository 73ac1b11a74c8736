import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { CannotAnswer, type Turn } from '../../adapters/target.ts';
import type { CallCommand, Observation, Step } from '../../model/vocabulary.ts';
import type { Race } from '../sequence.ts';

/** After one of these nobody knows whether the call takes effect, or when: its client sends no more. */
const isUnknown = (observation: Observation | undefined): boolean =>
  observation === undefined || !(observation.kind === 'answer' || observation.kind === 'inexpressible');

/**
 * Sends a command of a client, numbered from 1. Calls `answered` when the answer is there, and makes nothing of it
 * before what that returns is over.
 */
export type ActOfClient = (
  command: CallCommand,
  client: number,
  answered: () => Promise<void> | undefined,
) => Promise<Step>;

/** Turns of the event loop by which clients in one process are apart, at most. */
const mostTurns = 3;
/** How many of a hundred commands are sent without a pause: most of what goes wrong takes no more. */
const atOnce = 60;
/** Answers that take less than this (ms) are not worth a timer. */
const shortAnswer = 1;

/**
 * Lets every client of a race send its commands at the same time, as each is answered, and returns the
 * steps in the order in which they were sent.
 *
 * Where clients start and pause decides which of them meet, so it is different in every repetition: turns
 * of the event loop on a target in this process, and fractions of the time an answer takes on any other.
 */
export async function executeLanes(
  { lanes, jitter }: Race,
  perform: ActOfClient,
  inProcess = false,
): Promise<Step[]> {
  const steps: Step[] = [];
  let count = 0;
  let typicalMs = 0;
  const lane = async (commands: readonly CallCommand[], client: number): Promise<void> => {
    for (const [index, command] of commands.entries()) {
      await pause(scattered(jitter, client, index), typicalMs);
      const sent = (count += 1);
      const began = performance.now();
      let answered = 0;
      // Counted at once: what others send from now on may rest on what this answer tells.
      const step = await perform(command, client, () => void (answered = count += 1));
      // However long the machine was busy with something else.
      typicalMs = inProcess ? 0 : performance.now() - began;
      steps.push({ ...step, client, order: { sent, answered } });
      if (isUnknown(step.observation)) return;
    }
  };
  const ends = await Promise.allSettled(lanes.map((commands, index) => lane(commands, index + 1)));
  // Every client comes to its end, also when one fails: nothing may run on behind the caller's back.
  const fault = ends.find((each) => each.status === 'rejected');
  if (fault !== undefined) throw fault.reason;
  return steps.toSorted((a, b) => (a.order?.sent ?? 0) - (b.order?.sent ?? 0));
}

/** The order in which the clients of a race sent and were answered. */
export function turnsOf(steps: readonly Step[]): readonly Turn[] {
  return steps.flatMap(({ client, order }) =>
    client === undefined || order === undefined ? [] : [{ client, ...order }],
  );
}

/**
 * Lets the clients of a race send and be answered in the order in which they were when it was recorded. Rejects
 * with `CannotAnswer` when that was another race.
 */
export async function repeatLanes(
  { lanes, pattern }: Race,
  order: readonly Turn[],
  perform: ActOfClient,
): Promise<Step[]> {
  const next = lanes.map((commands) => commands.values());
  const underWay = new Map<number, { readonly answer: () => void; readonly step: Promise<Step> }>();
  const send = (client: number): void => {
    const command = next[client - 1]?.next().value;
    if (command === undefined)
      throw new CannotAnswer(
        `the recording holds another race than "${pattern}": client ${client} sent more`,
      );
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    const step = perform(command, client, () => held);
    // It is looked at when its turn comes.
    step.catch(() => undefined);
    underWay.set(client, { answer, step });
  };
  const steps: Step[] = [];
  const moments = order.flatMap((turn) => [
    { at: turn.sent, turn, answered: false },
    { at: turn.answered, turn, answered: true },
  ]);
  for (const { turn, answered } of moments.toSorted((a, b) => a.at - b.at)) {
    const { client, ...places } = turn;
    if (!answered) {
      send(client);
      continue;
    }
    const call = underWay.get(client);
    call?.answer();
    if (call !== undefined) steps.push({ ...(await call.step), client, order: places });
  }
  return steps.toSorted((a, b) => (a.order?.sent ?? 0) - (b.order?.sent ?? 0));
}

async function pause(chance: number, typicalMs: number): Promise<void> {
  const fraction = (chance - atOnce / 100) / (1 - atOnce / 100);
  if (fraction < 0) return;
  if (typicalMs >= shortAnswer) await sleep(fraction * typicalMs);
  else for (let turns = Math.ceil(fraction * mostTurns); turns > 0; turns--) await turn();
}

/** A number from 0 up to 1 that three numbers decide. */
function scattered(seed: number, client: number, index: number): number {
  let mixed = (seed + Math.imul(client, 0x9e3779b9) + Math.imul(index + 1, 0x85ebca6b)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}
