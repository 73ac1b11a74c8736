import type { Observation } from '../../model/vocabulary.ts';
import { type CallEvent, type Happening, sharedPart, wholePart } from './format.ts';
import { controlPath, type EntryExtras, type LogExtras, logExtras } from './har-extras.ts';
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

/** What is seen of most answers an archive can say. */
function unsaid(observation: Observation): Pick<EntryExtras, 'observation'> {
  const { kind, ...rest } = observation;
  const plain =
    kind === 'answer' &&
    'body' in rest &&
    Object.keys(rest).every((key) => key === 'status' || key === 'body');
  return plain ? {} : { observation };
}

type Pulled = Extract<Happening, { kind: 'hook' }>;
type Exchanged = CallEvent | Pulled;

function hookEntry({ hook, set, failed, status }: Pulled, base: string): HarParts {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${controlPath}/${hook}`;
  const text = JSON.stringify(set);
  return {
    request: {
      method: 'POST',
      url: url.href,
      postData: { mimeType: 'application/json', text },
      bodySize: Buffer.byteLength(text),
    },
    response: responseOf(
      failed !== undefined && status === undefined
        ? { kind: 'indeterminate', cause: failed }
        : { kind: 'answer', status: status ?? 200, body: failed === undefined ? {} : { error: failed } },
    ),
  };
}

function callEntry({ operation, params, observation }: CallEvent, base: string): HarParts {
  const url = new URL(base);
  const query = { Action: operation, Version: apiVersion, Format: 'JSON', ...params };
  for (const [name, value] of Object.entries(query))
    if (!isConfidential(name)) url.searchParams.append(name, value);
  return {
    request: { method: 'GET', url: url.href, bodySize: 0 },
    response: responseOf(observation),
    extras: unsaid(observation),
  };
}

interface HarParts {
  readonly request: { readonly method: string; readonly url: string } & Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
  readonly extras?: Pick<EntryExtras, 'observation'>;
}

/**
 * Returns the exchanges of a recording as an HTTP archive (HAR 1.2), and the control hooks as requests to
 * `/_control`. Nothing is in it that signs a request, so none can be sent again as it stands; the raw requests of the
 * protocol suite, which are about nothing else, are left out. What else a judge must know is under `_ri`.
 */
export function toHar({ header, happenings: all }: Recording): unknown {
  const base = baseOf(header.target);
  const started = Date.parse(String(header.about['started']));
  const extras = judgedBy(header);
  const happenings = onOneTimeLine(
    all.filter((each) => each.kind === 'call' || each.kind === 'hook'),
    extras,
  );
  const origin = (Number.isNaN(started) ? 0 : started) - (happenings[0]?.start ?? 0);
  const entries = happenings.map((each) => {
    const { part, start, end } = each;
    const {
      request,
      response,
      extras: more,
    } = each.kind === 'call' ? callEntry(each, base) : hookEntry(each, base);
    const time = end - start;
    return {
      startedDateTime: new Date(origin + start).toISOString(),
      time,
      request: {
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: [],
        queryString: [...new URL(request.url).searchParams].map(([name, value]) => ({ name, value })),
        headersSize: -1,
        ...request,
      },
      response,
      cache: {},
      timings: { send: 0, wait: time, receive: 0 },
      comment: part,
      _ri: { part, start, end, ...more } satisfies EntryExtras,
    };
  });
  return { log: { version: '1.2', creator: header.tool, entries, _ri: extras } };
}

/**
 * Where the harness moves the clock, each part tells a time of its own that begins with it. So they are put one
 * after another, each beyond all bounds of the one before: parts that ran side by side had different routers, each of
 * them clean at its beginning, and none but one was under way while the account was changed. The moves of the clock
 * are not in it: the times of the parts have them.
 */
function onOneTimeLine(
  all: readonly Exchanged[],
  { clock, settleMs, staleMs }: LogExtras,
): readonly Exchanged[] {
  if (clock !== 'manual') return all.toSorted((a, b) => a.start - b.start);
  const parts = new Map<string, Exchanged[]>();
  for (const each of all) {
    if (each.part === sharedPart && each.kind === 'hook' && each.hook === 'clock') continue;
    const name = wholePart(each.part);
    const part = parts.get(name) ?? [];
    parts.set(name, part);
    part.push(each);
  }
  const gap = (settleMs ?? 0) + (staleMs ?? 0) + 1;
  let next = 0;
  return [...parts.values()].flatMap((part) => {
    const shift = next - Math.min(...part.map(({ start }) => start));
    next = shift + Math.max(...part.map(({ end }) => end)) + gap;
    return part.map((each) => ({ ...each, start: each.start + shift, end: each.end + shift }));
  });
}

/** What the answers of a recording must be judged by. */
function judgedBy({ options, control }: Recording['header']): LogExtras {
  const told = logExtras.safeParse({
    ...(control === undefined ? {} : { clock: control.clock }),
    ...pickNumbers(options['times'], ['settleMs', 'staleMs']),
    ...pickNumbers(options, ['quotaPerRouter']),
  });
  return told.success ? told.data : {};
}

function pickNumbers(from: unknown, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value: unknown = typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined;
      return typeof value === 'number' ? [[name, value]] : [];
    }),
  );
}
