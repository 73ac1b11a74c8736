import * as z from 'zod';
import { observationSchema } from '../observation-schema.ts';
import type { RawAnswer, RawCall } from '../wire.ts';

/**
 * A recording: JSON lines, one event each, in the order in which they came to an end.
 *
 * The first line is the header, the last one the end; a file without it was cut off. Between them, what
 * the parts of the run did (`set-up`, `protocol`, `sequence 17`, `race 3`, `race 3 client 2`, `attempt 3f2a…-1`,
 * `clean-up`): each part in its own order, the parts mixed as they ran. Times are milliseconds of the run's clock.
 */
export const recordingVersion = 2;

const hook = z.enum(['reset', 'account', 'interface', 'clock']);

const wireForm = {
  signature: z.enum(['v1', 'acs3']),
  method: z.enum(['GET', 'POST']),
  format: z.enum(['JSON', 'XML']),
};
const texts = z.record(z.string(), z.string());
const changes = z.record(z.string(), z.string().nullable());
const rawCallSchema = z.strictObject({
  operation: z.string(),
  params: texts,
  signature: wireForm.signature.exactOptional(),
  method: wireForm.method.exactOptional(),
  format: wireForm.format.exactOptional(),
  common: changes.exactOptional(),
  afterwards: changes.exactOptional(),
  secret: z.string().exactOptional(),
  inQuery: z.boolean().exactOptional(),
  reversed: z.boolean().exactOptional(),
}) satisfies z.ZodType<RawCall>;
const rawAnswerSchema = z.strictObject({
  observation: observationSchema,
  format: wireForm.format.exactOptional(),
  root: z.string().exactOptional(),
  headers: texts,
}) satisfies z.ZodType<RawAnswer>;

const headerSchema = z.strictObject({
  kind: z.literal('recording'),
  recordingVersion: z.literal(recordingVersion),
  tool: z.strictObject({ name: z.literal('ri-conformance'), version: z.string() }),
  /** Adapter and address of what was recorded. */
  target: z.string(),
  /** What was run: `run` or `replay`. */
  command: z.string(),
  /** What decides which requests are sent, by the names of the configuration file. */
  options: z.record(z.string(), z.unknown()),
  /** What else was said of the target and of the run; nothing depends on it. */
  about: z.record(z.string(), z.unknown()),
  /** The control hooks that it offered, if it did. */
  control: z.strictObject({ hooks: z.array(hook), clock: z.enum(['manual', 'real']) }).exactOptional(),
  /** How it was called, if requests could be put on its wire as one likes. */
  wire: z.strictObject(wireForm).exactOptional(),
  /** Part of every client token of the run. */
  run: z.string(),
});

const times = { part: z.string(), start: z.number(), end: z.number() };

const eventSchema = z.discriminatedUnion('kind', [
  /** The part has these routers. */
  z.strictObject({ kind: z.literal('part'), part: z.string(), routers: z.array(z.string()) }),
  /** A request, and what was seen of it. */
  z.strictObject({
    kind: z.literal('call'),
    ...times,
    operation: z.string(),
    params: texts,
    observation: observationSchema,
  }),
  /** A request with a protocol part of its own, and what came back. */
  z.strictObject({ kind: z.literal('raw'), ...times, call: rawCallSchema, answer: rawAnswerSchema }),
  /** A control hook, and what came instead of success if it failed. */
  z.strictObject({
    kind: z.literal('hook'),
    ...times,
    hook,
    set: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])),
    failed: z.string().exactOptional(),
    status: z.int().exactOptional(),
  }),
  /** Here it had waited until nothing was pending; the looks it took are calls before this line. */
  z.strictObject({ kind: z.literal('settle'), ...times }),
  /** The order in which the clients of the part's race sent and were answered; what, is in parts of their own. */
  z.strictObject({
    kind: z.literal('race'),
    part: z.string(),
    order: z.array(z.strictObject({ client: z.int(), sent: z.int(), answered: z.int() })),
  }),
]);

const endSchema = z.strictObject({
  kind: z.literal('end'),
  /** Lines of each kind before this one. */
  counts: z.strictObject({
    part: z.int(),
    call: z.int(),
    raw: z.int(),
    hook: z.int(),
    settle: z.int(),
    race: z.int(),
  }),
  /** Why the run ended before its budget was used up, if it did: what is not here it never came to. */
  ended: z.string().exactOptional(),
  /** Its time was limited: what is not here it never came to. */
  timeLimited: z.literal(true).exactOptional(),
});

export const lineSchema = z.union([headerSchema, eventSchema, endSchema]);
export type Header = z.infer<typeof headerSchema>;
export type Event = z.infer<typeof eventSchema>;
/** What takes its time. */
export type Happening = Exclude<Event, { kind: 'part' | 'race' }>;
export type CallEvent = Extract<Event, { kind: 'call' }>;
export type End = z.infer<typeof endSchema>;
export type Counts = End['counts'];
export type Line = Header | Event | End;

/** How many lines of each kind an empty recording has. */
export const noLines: Readonly<Counts> = { part: 0, call: 0, raw: 0, hook: 0, settle: 0, race: 0 };

/** The name of the part that holds what one client of a race sent, numbered from 1. */
export function clientPart(race: string, client: number): string {
  return `${race} client ${client}`;
}

/** The part that one is of: itself, or the race whose client it is. */
export function wholePart(part: string): string {
  return part.replace(/ client \d+$/, '');
}

/** The part of what was done outside of every part: by whoever calls the target itself, and by the clock that all share. */
export const sharedPart = 'shared';

/** A file that is not a recording this version can read; the message says what, where and what to do. */
export class RecordingFileError extends Error {
  override readonly name = 'RecordingFileError';
}
