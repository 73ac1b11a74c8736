import * as z from 'zod';
import type { Observation } from '../../model/vocabulary.ts';
import { answerFrom } from '../http/answer-body.ts';
import { protocolParameters } from '../protocol-parameters.ts';
import type { Hook } from '../target.ts';
import { RecordingFileError } from './format.ts';
import { controlPath, entryExtras, type LogExtras, logExtras } from './har-extras.ts';
import { isConfidential } from './redact.ts';

const apiVersion = '2016-04-28';

const pair = z.object({ name: z.string(), value: z.string().catch('') });
const entrySchema = z.object({
  startedDateTime: z.string(),
  time: z.number().nullish(),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.array(pair).catch([]),
    postData: z
      .object({
        mimeType: z.string().nullish(),
        text: z.string().nullish(),
        params: z.array(pair).nullish(),
        encoding: z.string().nullish(),
      })
      .nullish(),
  }),
  response: z.object({
    status: z.number(),
    content: z.object({ text: z.string().nullish(), encoding: z.string().nullish() }).nullish(),
  }),
  _ri: entryExtras.nullish(),
});
const harSchema = z.object({
  log: z.object({ entries: z.array(z.unknown()), _ri: logExtras.nullish().catch(undefined) }),
});
type Har = z.infer<typeof harSchema>;
type HarEntry = z.infer<typeof entrySchema>;

/** One call of the API, as an archive tells it. Times are milliseconds. */
export interface HarExchange {
  readonly kind: 'call';
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
  readonly observation: Observation;
  readonly start: number;
  readonly end: number;
  /** The part of the run that it was, where the archive was made of a recording. */
  readonly part?: string;
}

/** A control hook that was pulled. */
export interface HarHook {
  readonly kind: 'hook';
  readonly hook: Hook;
  readonly set: Readonly<Record<string, string | boolean | number>>;
  /** What came instead of success. */
  readonly failed?: string;
  readonly start: number;
  readonly end: number;
  readonly part?: string;
}

export interface HarContents {
  /** In the order of their beginnings. */
  readonly exchanges: readonly (HarExchange | HarHook)[];
  /** What is not of this API, by what it is, with how often. */
  readonly skipped: ReadonlyMap<string, number>;
  /** What the answers must be judged by, where the archive was made of a recording. */
  readonly extras: LogExtras;
}

/** The text of a body; proxies keep what is not plain text as base64. */
function decoded(text: string, encoding: string | null | undefined): Buffer {
  return Buffer.from(text, encoding?.toLowerCase() === 'base64' ? 'base64' : 'utf8');
}

function paramsOf({ url, postData }: HarEntry['request']): ReadonlyMap<string, string> {
  const params = new Map(new URL(url).searchParams);
  const type = postData?.mimeType?.toLowerCase() ?? '';
  const text = postData?.text ?? '';
  if (type.startsWith('application/x-www-form-urlencoded') && text !== '') {
    // The text is what was sent; whether the list beside it is decoded differs from tool to tool.
    const form = new URLSearchParams(decoded(text, postData?.encoding).toString('utf8'));
    for (const [name, value] of form) params.set(name, value);
  } else for (const { name, value } of postData?.params ?? []) params.set(name, value);
  return params;
}

function observed({ status, content }: HarEntry['response'], format: string | undefined): Observation {
  // 0 or less: no answer came, and whether the request arrived nobody knows.
  if (status <= 0) return { kind: 'indeterminate', cause: 'the archive holds no answer' };
  const bytes = decoded(content?.text ?? '', content?.encoding);
  const isXml = format?.toUpperCase() === 'XML' || bytes.subarray(0, 1).toString() === '<';
  return answerFrom(status, bytes, isXml ? 'XML' : 'JSON');
}

function parsedHar(text: string, file: string): Har['log'] {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const where = error instanceof Error ? error.message : String(error);
    throw new RecordingFileError(`${file} is not JSON (${where}). Was it cut off while it was written?`);
  }
  const har = harSchema.safeParse(json);
  if (!har.success) throw new RecordingFileError(`${file} is not an HTTP archive: it has no log.entries.`);
  return har.data.log;
}

const hookNames: ReadonlySet<string> = new Set<Hook>(['reset', 'account', 'interface', 'clock']);
const isHook = (name: string): name is Hook => hookNames.has(name);

/** The control hook that an entry pulls, and what came instead of success if it failed. */
function hookOf(
  { request: { method, url, postData }, response: { status, content } }: HarEntry,
  where: string,
): Pick<HarHook, 'hook' | 'set' | 'failed'> | undefined {
  const [before, name = ''] = new URL(url).pathname.split('/').slice(-2);
  if (method !== 'POST' || before !== controlPath || !isHook(name)) return undefined;
  const said = decoded(postData?.text ?? '{}', postData?.encoding).toString('utf8');
  let json: unknown;
  try {
    json = JSON.parse(said);
  } catch {
    json = undefined;
  }
  const set = z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])).safeParse(json);
  if (!set.success)
    throw new RecordingFileError(`${where}.request.postData: this is not what a control hook is told.`);
  const failed = decoded(content?.text ?? '', content?.encoding).toString('utf8');
  return { hook: name, set: set.data, ...(status === 200 ? {} : { failed: `HTTP ${status} ${failed}` }) };
}

/**
 * Reads the calls of this API out of an HTTP archive (HAR 1.2) as browsers and proxies write it: signature
 * version 1.0 with everything in the query or in a form, and ACS3 with action and version in headers; and the
 * control hooks that were pulled meanwhile. `host` leaves out what went elsewhere. Throws `RecordingFileError`
 * that names the entry.
 */
export function harExchanges(text: string, file: string, host?: string): HarContents {
  const skipped = new Map<string, number>();
  const skip = (what: string): void => void skipped.set(what, (skipped.get(what) ?? 0) + 1);
  const exchanges: (HarExchange | HarHook)[] = [];
  const { entries, _ri: extras } = parsedHar(text, file);
  for (const [index, each] of entries.entries()) {
    const parsed = entrySchema.safeParse(each);
    const where = `${file}, log.entries[${index}]`;
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new RecordingFileError(
        `${where}.${issue?.path.join('.')}: ${issue?.message ?? 'it is damaged'}.`,
      );
    }
    const { request, response, startedDateTime, time, _ri: told } = parsed.data;
    const began = Date.parse(startedDateTime);
    if (Number.isNaN(began))
      throw new RecordingFileError(`${where}.startedDateTime: "${startedDateTime}" is no time.`);
    if (!URL.canParse(request.url))
      throw new RecordingFileError(`${where}.request.url: "${request.url}" is no URL.`);
    const url = new URL(request.url);
    const when = {
      start: told?.start ?? began,
      end: told?.end ?? began + Math.max(0, time ?? 0),
      ...(told?.part === undefined ? {} : { part: told.part }),
    };
    const hook = hookOf(parsed.data, where);
    const params = paramsOf(request);
    const header = (wanted: string): string | undefined =>
      request.headers.find(({ name }) => name.toLowerCase() === wanted)?.value;
    const operation = header('x-acs-action') ?? params.get('Action');
    const version = header('x-acs-version') ?? params.get('Version');
    if (host !== undefined && url.host !== host && url.hostname !== host) skip(`sent to ${url.host}`);
    else if (hook !== undefined) exchanges.push({ kind: 'hook', ...hook, ...when });
    else if (request.method !== 'GET' && request.method !== 'POST') skip(`${request.method} requests`);
    else if (operation === undefined) skip(`no action, sent to ${url.host}`);
    else if (version !== apiVersion) skip(`${operation} of version ${version ?? 'unknown'}`);
    else {
      exchanges.push({
        kind: 'call',
        operation,
        params: Object.fromEntries(
          [...params].filter(([name]) => !protocolParameters.has(name) && !isConfidential(name)),
        ),
        observation: told?.observation ?? observed(response, params.get('Format')),
        ...when,
      });
    }
  }
  return { exchanges: exchanges.toSorted((a, b) => a.start - b.start), skipped, extras: extras ?? {} };
}
