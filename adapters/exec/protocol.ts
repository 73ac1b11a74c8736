import * as z from 'zod';
import { parseExactly } from '../exact-json.ts';
import type { CallerView, ClientSettings } from '../client.ts';
import { withoutSecrets } from '../sdk/node-error.ts';

/** The version of the protocol that `README.md` beside this file describes. */
const protocolVersion = 1;

const helloSchema = z.object({
  type: z.literal('hello'),
  name: z.string().min(1),
  version: z.string().min(1),
  language: z.string().exactOptional(),
  concurrency: z.int().min(1).max(1000).exactOptional(),
});
const refusalSchema = z.object({ type: z.literal('hello'), error: z.string() });

const errorSchema = z.object({
  class: z.string(),
  isError: z.boolean().default(true),
  message: z.string().transform(withoutSecrets),
  code: z.string().exactOptional(),
  status: z.int().exactOptional(),
  requestId: z.string().exactOptional(),
  failure: z.enum(['unreachable', 'broken', 'timeout', 'unreadable']).exactOptional(),
  data: z.unknown().exactOptional(),
});
const id = z.int();
const answerSchema = z.discriminatedUnion('kind', [
  z.object({ id, kind: z.literal('returned'), status: z.int().exactOptional(), body: z.unknown() }),
  z.object({ id, kind: z.literal('threw'), error: errorSchema }),
  z.object({ id, kind: z.literal('inexpressible'), reason: z.string() }),
]);

/** What a driver says of itself. */
export type DriverHello = z.infer<typeof helloSchema>;

/** A line that is not what it should be; the message quotes it. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** The driver does not do what the settings ask for, in its own words. */
export class RefusedByDriver extends Error {
  override readonly name = 'RefusedByDriver';
}

function unfit(line: string, wanted: string, error: z.ZodError): ProtocolError {
  const shown = JSON.stringify(line.length > 160 ? `${line.slice(0, 160)}…` : line);
  const [issue] = error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  const why = path === '' ? '' : ` (at ${path}: ${issue?.message ?? 'wrong'})`;
  return new ProtocolError(`it printed ${shown}, which is not ${wanted}${why}`);
}

/** Returns a driver's greeting. Throws `RefusedByDriver` or `ProtocolError`. */
export function parseHello(line: string): DriverHello {
  const json = parseExactly(line);
  const refusal = refusalSchema.safeParse(json);
  if (refusal.success) throw new RefusedByDriver(refusal.data.error);
  const hello = helloSchema.safeParse(json);
  if (!hello.success) throw unfit(line, 'a hello', hello.error);
  return hello.data;
}

/** Returns an answer with the id of its call. Throws `ProtocolError`. */
export function parseAnswer(line: string): { readonly id: number; readonly view: CallerView } {
  const parsed = answerSchema.safeParse(parseExactly(line));
  if (!parsed.success) throw unfit(line, 'an answer', parsed.error);
  const { id: of, ...view } = parsed.data;
  return { id: of, view };
}

/** The lines that the harness sends. */
export const lines = {
  hello: (settings: ClientSettings): string =>
    JSON.stringify({ type: 'hello', protocol: protocolVersion, settings }),
  call: (of: number, operation: string, params: Readonly<Record<string, string>>): string =>
    JSON.stringify({ type: 'call', id: of, operation, params }),
  bye: JSON.stringify({ type: 'bye' }),
};
