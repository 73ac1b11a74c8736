import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AnswerFormat } from './answer-format.ts';
import type { WireMutant } from './mutant-wire.ts';

/** A request that cannot be read, with the HTTP status that says so. */
export class UnreadableRequest extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** No documented request comes near this many bytes. */
const bodyLimit = 256 * 1024;

/** Returns the body. Rejects with {@link UnreadableRequest} (413) when it is too large. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The socket must survive an early end, or the refusal could not be sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) {
      throw new UnreadableRequest(413, 'RequestTooLarge', `The body is larger than ${bodyLimit} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Returns path and query of the request target. Throws {@link UnreadableRequest} (400) when it is no URL. */
export function targetUrl(request: IncomingMessage): URL {
  const target = request.url ?? '/';
  // A leading // would be read as a host name.
  const absolute = target.startsWith('/') ? `http://localhost${target}` : target;
  if (URL.canParse(absolute)) return new URL(absolute);
  throw new UnreadableRequest(400, 'InvalidRequest', 'The request target is not a URL.');
}

/**
 * Returns the parameters of query and form body together.
 *
 * Clients send an empty body with or without a content type; a body of another kind would carry
 * parameters that nobody reads, so it is refused with {@link UnreadableRequest} (415).
 */
export function parametersOf(url: URL, request: IncomingMessage, body: Buffer): Map<string, string> {
  const params = new Map(url.searchParams);
  if (body.length === 0) return params;
  const type = request.headers['content-type'];
  if (type !== undefined && !type.toLowerCase().startsWith('application/x-www-form-urlencoded')) {
    throw new UnreadableRequest(
      415,
      'UnsupportedContentType',
      'A body must be application/x-www-form-urlencoded.',
    );
  }
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) params.set(name, value);
  return params;
}

/** The exact forms of the live gateway: some clients compare the one for XML letter by letter. */
const contentTypes = { JSON: 'application/json;charset=utf-8', XML: 'text/xml;charset=utf-8' } as const;

/** Sends `text` with the headers of the live gateway, and the defects they may have. */
export function send(
  response: ServerResponse,
  status: number,
  format: AnswerFormat,
  text: string,
  requestId: unknown,
  is: (name: WireMutant) => boolean = () => false,
): void {
  const id =
    typeof requestId === 'string' && is('header-request-id') ? requestId.replace(/^./, '0') : requestId;
  response.writeHead(status, {
    'Content-Type': contentType(status, format, is),
    'Content-Length': Buffer.byteLength(text),
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': '*',
    ...(typeof id === 'string' ? { 'x-acs-request-id': id } : {}),
  });
  response.end(text);
}

function contentType(status: number, format: AnswerFormat, is: (name: WireMutant) => boolean): string {
  if (status >= 400 && is('refusal-as-html')) return 'text/html;charset=utf-8';
  const type = contentTypes[is('xml-as-json') ? 'JSON' : format];
  return is('latin-1') ? type.replace('utf-8', 'ISO-8859-1') : type;
}
