import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { CallCommand, Observation, Step } from '../../model/vocabulary.ts';
import type { Race } from '../sequence.ts';

/** After one of these nobody knows whether the call takes effect, or when: its client sends no more. */
const isUnknown = (observation: Observation | undefined): boolean =>
  observation === undefined || !(observation.kind === 'answer' || observation.kind === 'inexpressible');

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
  perform: (command: CallCommand) => Promise<Step>,
): Promise<Step[]> {
  const steps: Step[] = [];
  let count = 0;
  let typicalMs = 0;
  const lane = async (commands: readonly CallCommand[], client: number): Promise<void> => {
    for (const [index, command] of commands.entries()) {
      await pause(scattered(jitter, client, index), typicalMs);
      const sent = (count += 1);
      const began = performance.now();
      const step = await perform(command);
      typicalMs = performance.now() - began;
      steps.push({ ...step, client, order: { sent, answered: (count += 1) } });
      if (isUnknown(step.observation)) return;
    }
  };
  const ends = await Promise.allSettled(lanes.map((commands, index) => lane(commands, index + 1)));
  // Every client comes to its end, also when one fails: nothing may run on behind the caller's back.
  const fault = ends.find((each) => each.status === 'rejected');
  if (fault !== undefined) throw fault.reason;
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
