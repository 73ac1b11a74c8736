import { gunzipSync } from 'node:zlib';
import type { CallerError, CallerView } from '../../adapters/client.ts';
import type { Attempt } from '../../adapters/faults/fault-proxy.ts';
import type { WireAnswer } from '../../adapters/faults/fault.ts';
import { textOf } from '../../model/text.ts';
import type { Fact } from '../../reports/behaviour.ts';
import { bodyDifferences } from './body-differences.ts';
import { stableText } from './stable-text.ts';
import { parseExactly } from '../../adapters/exact-json.ts';

/** The answer as it was on the wire, for comparison. */
interface Wire {
  readonly status?: number;
  /** Undefined when there was no answer, or it is no JSON. */
  readonly body?: unknown;
  readonly text: string;
}

const same = 'as on the wire';

function wireOf(answer: WireAnswer | undefined): Wire {
  if (answer === undefined) return { text: '' };
  const zipped = answer.headers.some((value, index) => index % 2 === 1 && value === 'gzip');
  const text = (zipped ? gunzipSync(answer.body) : answer.body).toString('utf8').replace(/^\ufeff/, '');
  return { status: answer.status, body: parseExactly(text), text };
}

function fieldOf({ body }: Wire, name: string): string {
  return typeof body === 'object' && body !== null ? textOf(Reflect.get(body, name)) : '';
}

/** A value that is told is on record only where it is not the one of the wire. */
function told(value: string | number | undefined, wire: string | number | undefined): Fact {
  if (value === undefined) return 'absent';
  return value === wire ? same : value;
}

/** Request ids are random, so another than the one on the wire is not put on record. */
function requestIdTold(value: string | undefined, { text }: Wire): Fact {
  if (value === undefined) return 'absent';
  return value.length > 2 && text.includes(value) ? same : 'differs from the wire';
}

function bodyTold(wire: Wire, body: unknown): Fact {
  if (wire.body === undefined) return 'made of something that is no JSON';
  const differences = bodyDifferences(wire.body, body);
  return differences.length === 0 ? same : differences;
}

/** Parameters of a signed request that a message repeats: the adapters mask their values. */
function leaksIn(message: string): readonly string[] {
  const names = ['AccessKeyId', 'AccessKeySecret', 'Signature', 'SecurityToken'];
  return names.filter((name) => new RegExp(`\\b${name}=`).test(message));
}

/** A message as a pattern: with what comes from the answer replaced by its name. */
function messagePattern(message: string, wire: Wire): string {
  const parts: readonly (readonly [value: string, name: string])[] = [
    [fieldOf(wire, 'Message'), '<message>'],
    [fieldOf(wire, 'RequestId'), '<request id>'],
    [fieldOf(wire, 'Code'), '<code>'],
  ];
  const named = parts.reduce(
    (text, [value, name]) => (value.length < 2 ? text : text.replaceAll(value, name)),
    message,
  );
  return stableText(
    wire.status === undefined ? named : named.replace(`code: ${wire.status}`, 'code: <status>'),
  );
}

function errorFacts(error: CallerError, wire: Wire): Record<string, Fact> {
  const leaks = leaksIn(error.message);
  return {
    outcome: 'threw',
    class: error.class,
    isError: error.isError,
    code: told(error.code, fieldOf(wire, 'Code')),
    status: told(error.status, wire.status),
    requestId: requestIdTold(error.requestId, wire),
    // Which of a client's limits fires first, where they are equally long, is chance, and so is its text.
    ...(error.failure === 'timeout' ? {} : { message: messagePattern(error.message, wire) }),
    data: error.data === undefined ? 'absent' : bodyTold(wire, error.data),
    ...(error.failure === undefined ? {} : { failure: error.failure }),
    ...(leaks.length === 0 ? {} : { leaks }),
  };
}

/** Returns what a caller saw of a call, as facts that do not change from run to run. */
export function viewFacts(view: CallerView, attempts: readonly Attempt[]): Record<string, Fact> {
  const wire = wireOf(attempts.at(-1)?.answered);
  switch (view.kind) {
    case 'returned':
      return { outcome: 'returned', status: told(view.status, wire.status), body: bodyTold(wire, view.body) };
    case 'threw':
      return errorFacts(view.error, wire);
    case 'hung':
      return { outcome: 'hung' };
    case 'inexpressible':
      return { outcome: 'inexpressible', how: stableText(view.reason) };
    case 'died':
    case 'gone':
      return { outcome: view.kind, how: stableText(view.how) };
  }
}
