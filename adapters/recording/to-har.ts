import type { Observation } from '../../model/vocabulary.ts';
import type { Recording } from './read-recording.ts';
import { isConfidential } from './redact.ts';

const apiVersion = '2016-04-28';
/** A host that cannot exist (RFC 2606), for a target without an address. */
const nowhere = 'http://embedded.invalid/';

/** Where the target was, as its name tells it. */
function baseOf(target: string): string {
  const url = /https?:\/\/[^\s()]+/.exec(target)?.[0] ?? nowhere;
  return URL.canParse(url) ? url : nowhere;
}

function responseOf(observation: Observation): Readonly<Record<string, unknown>> {
  const base = { httpVersion: 'HTTP/1.1', cookies: [], headers: [], redirectURL: '', headersSize: -1 };
  if (observation.kind !== 'answer') {
    // Status 0 is how browsers note a request that was never answered.
    const content = { size: 0, mimeType: 'x-unknown' };
    return {
      ...base,
      status: 0,
      statusText: '',
      content,
      bodySize: -1,
      comment: JSON.stringify(observation),
    };
  }
  const text = observation.body === undefined ? '' : JSON.stringify(observation.body);
  const size = Buffer.byteLength(text);
  return {
    ...base,
    status: observation.status,
    statusText: '',
    content: { size, mimeType: 'application/json;charset=utf-8', text },
    bodySize: size,
    ...(observation.defect === undefined ? {} : { comment: observation.defect }),
  };
}

/**
 * Returns the exchanges of a recording as an HTTP archive (HAR 1.2). Nothing is in it that signs a request,
 * so none can be sent again as it stands. Control hooks and waits are no part of the API and are left out.
 */
export function toHar({ header, parts }: Recording): unknown {
  const base = baseOf(header.target);
  const started = Date.parse(String(header.about['started']));
  const calls = [...parts.values()]
    .flatMap(({ happenings }) => happenings.filter((each) => each.kind === 'call'))
    .toSorted((a, b) => a.start - b.start);
  const origin = (Number.isNaN(started) ? 0 : started) - (calls[0]?.start ?? 0);
  const entries = calls.map(({ part, operation, params, observation, start, end }) => {
    const url = new URL(base);
    const query = { Action: operation, Version: apiVersion, Format: 'JSON', ...params };
    for (const [name, value] of Object.entries(query))
      if (!isConfidential(name)) url.searchParams.append(name, value);
    const time = end - start;
    return {
      startedDateTime: new Date(origin + start).toISOString(),
      time,
      request: {
        method: 'GET',
        url: url.href,
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: [],
        queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
        headersSize: -1,
        bodySize: 0,
      },
      response: responseOf(observation),
      cache: {},
      timings: { send: 0, wait: time, receive: 0 },
      comment: part,
    };
  });
  return { log: { version: '1.2', creator: header.tool, entries } };
}
