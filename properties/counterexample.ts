import * as z from 'zod';
import { observationSchema } from '../adapters/observation-schema.ts';
import { judgedOperations, supportingOperations } from '../model/vocabulary.ts';
import type { ProtocolCounterexample } from './protocol/counterexample.ts';
import type { Sequence } from './sequence.ts';
import type { Trace } from './trace.ts';

/**
 * A divergence on disk: the commands that show it, to run again anywhere, and the trace of the run
 * that showed it, to judge again without a target.
 */
export interface Counterexample {
  readonly counterexampleVersion: 1;
  readonly id: string;
  readonly fingerprint: string;
  readonly operation: string;
  readonly rules: readonly string[];
  readonly expected: string;
  readonly observed: string;
  readonly seed: number;
  readonly sequence: Sequence;
  readonly trace: Trace;
}

const arg = z.union([
  z.string(),
  z.strictObject({ ref: z.string().regex(/^[a-z]+#\d+$/, 'expected a reference such as ri#1') }),
]);
const call = z.strictObject({
  kind: z.literal('call'),
  operation: z.enum([...judgedOperations, ...supportingOperations]),
  args: z.record(z.string(), arg),
  as: z.string().exactOptional(),
});
const command = z.discriminatedUnion('kind', [
  call,
  z.strictObject({
    kind: z.literal('control'),
    hook: z.enum(['account', 'interface']),
    on: z.strictObject({ ref: z.string() }).exactOptional(),
    set: z.strictObject({
      overdue: z.boolean().exactOptional(),
      businessStatus: z.string().exactOptional(),
      operationLocked: z.boolean().exactOptional(),
    }),
  }),
  z.strictObject({ kind: z.literal('settle') }),
]);
const router = z.strictObject({
  id: z.string(),
  regionId: z.string(),
  vpcId: z.string().exactOptional(),
  routeTableId: z.string().exactOptional(),
});
const traceSchema = z.strictObject({
  traceVersion: z.literal(1),
  target: z.string(),
  environment: z.strictObject({
    edition: z.string(),
    regionId: z.string(),
    regions: z.array(z.string()),
    accountId: z.string().exactOptional(),
    routers: z.array(router),
    limits: z.strictObject({ perRouter: z.number(), perAccount: z.number().nullable() }),
    bounds: z.strictObject({ settleMs: z.number(), staleMs: z.number() }),
    readsLag: z.boolean(),
    clock: z.literal('manual').exactOptional(),
    former: z.array(z.strictObject({ id: z.string(), until: z.number() })).exactOptional(),
  }),
  steps: z.array(
    z.strictObject({
      command,
      sent: z.record(z.string(), z.string()).exactOptional(),
      observation: observationSchema.exactOptional(),
      start: z.number(),
      end: z.number(),
      client: z.int().exactOptional(),
      order: z.strictObject({ sent: z.int(), answered: z.int() }).exactOptional(),
    }),
  ),
});
const sequenceSchema = z
  .strictObject({
    commands: z.array(command),
    routers: z.int().min(1).max(8),
    exclusive: z.boolean(),
    race: z
      .strictObject({
        pattern: z.string(),
        lanes: z.array(z.array(call).min(1)).min(1),
        after: z.array(command),
        jitter: z.int(),
      })
      .exactOptional(),
  })
  .refine(({ commands, race }) => commands.length > 0 || race !== undefined, {
    error: 'expected at least one command',
    path: ['commands'],
  });
const counterexampleSchema = z.strictObject({
  counterexampleVersion: z.literal(1),
  id: z.string(),
  fingerprint: z.string(),
  operation: z.string(),
  rules: z.array(z.string()),
  expected: z.string(),
  observed: z.string(),
  seed: z.number(),
  sequence: sequenceSchema,
  trace: traceSchema,
});

const texts = z.array(z.string());
const protocolSchema = z.strictObject({
  counterexampleVersion: z.literal(1),
  suite: z.literal('protocol'),
  id: z.string(),
  check: z.string(),
  fingerprint: z.string(),
  rules: texts,
  expected: z.string(),
  observed: z.string(),
  target: z.string(),
  edition: z.string(),
  regionId: z.string(),
  // Kept for the reader: a check is made anew when it is replayed.
  exchanges: z.array(z.strictObject({ call: z.looseObject({}), answer: z.looseObject({}) })),
});

/** A file that is not what it should be; the message says what, where and what to do. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

/** Parses a file of ours; throws FileError when it is no JSON. */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const where = error instanceof Error ? error.message : String(error);
    throw new FileError(`${file} is not JSON (${where}). Was it cut off while it was written?`);
  }
}

/** Returns the error for a file that is JSON, but not a `what`. */
export function explain(error: z.ZodError, file: string, what: string): FileError {
  const [first] = error.issues;
  const path = first?.path.map(String).join('.') ?? '';
  return new FileError(
    `${file} is not a ${what}: at "${path === '' ? 'the top' : path}": ${first?.message ?? 'unknown problem'}.`,
  );
}

/** Reads a counterexample of the random suite; throws FileError on anything else. */
export function parseCounterexample(text: string, file: string): Counterexample {
  return asCounterexample(parseJson(text, file), file);
}

function asCounterexample(json: unknown, file: string): Counterexample {
  const parsed = counterexampleSchema.safeParse(json);
  if (!parsed.success) throw explain(parsed.error, file, 'counterexample of this tool');
  return parsed.data as unknown as Counterexample;
}

/** Reads a counterexample of either suite; throws FileError on anything else. */
export function parseStored(text: string, file: string): Counterexample | ProtocolCounterexample {
  const json = parseJson(text, file);
  if (!ofProtocol(json)) return asCounterexample(json, file);
  const parsed = protocolSchema.safeParse(json);
  if (!parsed.success) throw explain(parsed.error, file, 'counterexample of the protocol suite');
  return parsed.data as unknown as ProtocolCounterexample;
}

function ofProtocol(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'suite' in json;
}

/** Reads a trace, or the trace inside a counterexample; throws FileError on anything else. */
export function parseTrace(text: string, file: string): Trace {
  const json = parseJson(text, file);
  if (typeof json === 'object' && json !== null && 'counterexampleVersion' in json) {
    if (ofProtocol(json)) {
      throw new FileError(
        `${file} is of the protocol suite, which is judged on a target only: use "ri-conformance replay".`,
      );
    }
    return asCounterexample(json, file).trace;
  }
  const parsed = traceSchema.safeParse(json);
  if (!parsed.success) throw explain(parsed.error, file, 'trace of this tool');
  return parsed.data as unknown as Trace;
}
