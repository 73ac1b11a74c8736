import { isUnset } from '../../model/describe/differs.ts';
import { anyStatus } from '../../model/refusals.ts';
import { type Mismatch, show } from '../../model/mismatch.ts';
import { textOf } from '../../model/text.ts';
import type { Answer } from '../../model/vocabulary.ts';
import type { RequestIds } from './request-ids.ts';

/** An answer read as success or refusal, before anything is known of what is permitted. */
export type Reading =
  | { readonly kind: 'success'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refusal'; readonly status: number; readonly code: string; readonly message: string }
  /** Not a statement about the call: throttled, or a passing failure. */
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'unreadable' };

/** A reading that says something about the call. */
export type Judged = Exclude<Reading, { kind: 'unavailable' | 'unreadable' }>;

const fine: ReadonlySet<unknown> = new Set([undefined, null, '', 200, '200', 'OK', 'Success', 'success']);

/** Reads an answer: by its HTTP status, and a 2xx that carries an error code as the refusal it is. */
export function readAnswer(answer: Answer): Reading {
  const { status, body } = answer;
  if (body === undefined) return { kind: 'unreadable' };
  const code = body['Code'];
  if (status >= 200 && status < 300 && (code === undefined || fine.has(code)))
    return { kind: 'success', body };
  const text = typeof code === 'string' ? code : '';
  if (text.startsWith('Throttling') || status === 429)
    return { kind: 'unavailable', reason: `throttled (${status} ${text})` };
  if (status === 503) return { kind: 'unavailable', reason: `temporarily unavailable (503 ${text})` };
  // An error code with a 2xx is a fault of the envelope; as a refusal it is judged by its code alone.
  return {
    kind: 'refusal',
    // Nor is the status judged that a client did not tell.
    status: status < 300 ? anyStatus : status,
    code: text,
    message: textOf(body['Message']),
  };
}

/**
 * Checks the envelope (R8) and that no RequestId comes twice (P3). `requestIds` collects those seen; an
 * answer that `mayFindNothing` is about an interface that may not be there (A25).
 */
export function checkEnvelope(
  { status, body, defect, untold }: Answer,
  requestIds: Set<string>,
  mayFindNothing = false,
  ofRun?: RequestIds,
): Mismatch[] {
  const found: Mismatch[] = [];
  if (body === undefined) {
    wrong(found, 'body', 'R8', 'a JSON object', defect ?? 'no body');
    return found;
  }
  const id = body['RequestId'];
  if (untold === undefined || !untold.includes('RequestId')) {
    if (typeof id !== 'string' || id === '') wrong(found, 'RequestId', 'R8', 'a RequestId', show(id));
    // Taken in and looked up in one: it does not make them more.
    else if (requestIds.size === requestIds.add(id).size)
      wrong(found, 'RequestId', 'P3', 'a RequestId that was not used before', show(id));
    else {
      // Told apart from the above: no sequence alone can show it.
      if (ofRun?.repeats(id) === true)
        wrong(found, 'RequestId of the run', 'P3', 'a RequestId that no earlier sequence had seen', show(id));
    }
  }
  if (status >= 200 && status < 300) {
    const code = body['Code'];
    if (code !== undefined && !fine.has(code)) {
      const observed = `HTTP ${status} with Code ${show(code)}`;
      wrong(found, 'HTTP status', 'R8', 'HTTP 4xx or 5xx with an error code', observed);
    }
    const success = body['Success'];
    if ((success === false || success === 'false') && !(mayFindNothing && isUnset(body['RouterInterfaceId'])))
      wrong(found, 'Success', 'R8', 'no Success, or true, with HTTP 2xx', show(success));
    return found;
  }
  if (status < 400 && untold?.includes('status') !== true)
    wrong(found, 'HTTP status', 'R8', '2xx, 4xx or 5xx', `HTTP ${status}`);
  for (const field of errorFields) {
    if (untold?.includes(field) === true) continue;
    const value = body[field];
    if (typeof value !== 'string' || value === '')
      wrong(found, field, 'R8', `${field} in an error answer`, show(value));
  }
  return found;
}

const errorFields = ['Code', 'Message', 'HostId'] as const;

function wrong(found: Mismatch[], field: string, rule: string, expected: string, observed: string): void {
  found.push({ field, rules: [rule], expected, observed });
}
