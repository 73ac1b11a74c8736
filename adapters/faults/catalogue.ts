import type { Fault, WireAnswer } from './fault.ts';

const json = 'application/json;charset=utf-8';
const html = 'text/html;charset=utf-8';

/** Every fault answers with this one, so that records of it can be compared. */
export const faultRequestId = '0FA017ED-0000-4000-8000-000000000001';

/** Returns a complete answer with a body and its length. */
export function wireAnswer(
  status: number,
  body: string | Buffer,
  type: string | undefined = json,
  more: readonly string[] = [],
): WireAnswer {
  const bytes = Buffer.from(body);
  return {
    status,
    headers: [
      ...(type === undefined ? [] : ['Content-Type', type]),
      'Content-Length',
      String(bytes.length),
      ...more,
    ],
    body: bytes,
  };
}

/** Returns an error of the API gateway, complete as documented. */
function gatewayError(status: number, code: string, message: string): WireAnswer {
  const body = {
    RequestId: faultRequestId,
    HostId: 'vpc.aliyuncs.com',
    Code: code,
    Message: message,
    Recommend: `https://api.aliyun.com/troubleshoot?q=${code}&product=Vpc&requestId=${faultRequestId}`,
  };
  return wireAnswer(status, JSON.stringify(body), json, ['x-acs-request-id', faultRequestId]);
}

function refused(name: string, status: number, code: string, message: string, forwarded = false): Fault {
  return { name, kind: 'answer', forwarded, answer: gatewayError(status, code, message) };
}

/** Returns `answer` with another body, and the length that goes with it. */
export function withBody(answer: WireAnswer, body: Buffer): WireAnswer {
  const headers = answer.headers.map((value, index) =>
    index % 2 === 1 && answer.headers[index - 1]?.toLowerCase() === 'content-length'
      ? String(body.length)
      : value,
  );
  return { ...answer, headers, body };
}

/** Cuts a JSON text so that what is left is none: at a quarter of it at least, and not at its last byte. */
function truncated(answer: WireAnswer, random: () => number): WireAnswer {
  const { length } = answer.body;
  const from = Math.ceil(length / 4);
  return withBody(answer, answer.body.subarray(0, from + Math.floor(random() * (length - 1 - from))));
}

/** Puts a character where JSON allows none: before one of its colons. */
function malformed(answer: WireAnswer, random: () => number): WireAnswer {
  const text = answer.body.toString('latin1');
  const colons = [...text.matchAll(/":/g)].map(({ index }) => index + 1);
  const at = colons[Math.floor(random() * colons.length)] ?? 0;
  return withBody(answer, Buffer.from(`${text.slice(0, at)};${text.slice(at)}`, 'latin1'));
}

function asHtml(answer: WireAnswer): WireAnswer {
  const headers = answer.headers.map((value, index) =>
    index % 2 === 1 && answer.headers[index - 1]?.toLowerCase() === 'content-type' ? html : value,
  );
  return { ...answer, headers };
}

const page = '<!DOCTYPE html><html><head><title>502</title></head><body>Bad Gateway</body></html>\n';

const throttled = 'Request was denied due to request throttling.';
const throttledUser = 'Request was denied due to user flow control.';
const internal = 'The request processing has failed due to some unknown error, exception or failure.';
const unavailable = 'The request has failed due to a temporary failure of the server.';

/**
 * Returns the faults by which a client is judged, in the order of reports. `lateMs` is how late a late
 * answer is, in milliseconds: more than the client waits.
 */
export function faultCatalogue(lateMs: number): readonly Fault[] {
  return [
    refused('throttling-400', 400, 'Throttling', throttled),
    refused('throttling-user-400', 400, 'Throttling.User', throttledUser),
    refused('throttling-429', 429, 'Throttling', throttled),
    refused('throttling-user-429', 429, 'Throttling.User', throttledUser),
    refused('internal-error-500', 500, 'InternalError', internal),
    // The worst of them: the caller is told that it failed, and it did not.
    refused('internal-error-500-after-effect', 500, 'InternalError', internal, true),
    refused('service-unavailable-503', 503, 'ServiceUnavailable', unavailable),
    { name: 'reset-before-effect', kind: 'reset', forwarded: false },
    { name: 'reset-after-effect', kind: 'reset', forwarded: true },
    { name: 'late-answer', kind: 'late', ms: lateMs },
    { name: 'connection-cut-in-body', kind: 'cut' },
    { name: 'truncated-json', kind: 'changed', change: truncated },
    { name: 'malformed-json', kind: 'changed', change: malformed },
    {
      name: 'empty-body',
      kind: 'changed',
      change: (answer) => withBody(answer, Buffer.alloc(0)),
    },
    { name: 'empty-body-503', kind: 'answer', forwarded: false, answer: wireAnswer(503, '', undefined) },
    { name: 'html-502', kind: 'answer', forwarded: false, answer: wireAnswer(502, page, html) },
    { name: 'html-200', kind: 'answer', forwarded: false, answer: wireAnswer(200, page, html) },
    { name: 'json-called-html', kind: 'changed', change: asHtml },
    {
      name: 'redirect-302',
      kind: 'answer',
      forwarded: false,
      answer: wireAnswer(302, '', undefined, ['Location', '/redirected']),
    },
  ];
}
