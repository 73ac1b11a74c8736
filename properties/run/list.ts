import { setTimeout as sleep } from 'node:timers/promises';
import { textOf } from '../../model/text.ts';
import type { Target } from '../../adapters/target.ts';

type Body = Readonly<Record<string, unknown>>;

/** What the harness itself needs to know of an interface it finds on its routers. */
export interface Found {
  readonly id: string;
  readonly status: string;
}

/** Codes that say that the target does not offer an operation at all. */
export const unknownAction: ReadonlySet<string> = new Set([
  'InvalidAction.NotFound',
  'InvalidApi.NotFound',
  'UnsupportedOperation',
]);

/** As much of a target's text as a message has room for. */
const quoted = (text: string): string => (text.length <= 300 ? text : `${text.slice(0, 300)}…`);

/** What came instead of a 2xx body; `busy` where the same may well succeed in a moment. */
interface Failed {
  readonly body: undefined;
  readonly code: string;
  readonly problem: string;
  readonly busy?: true;
}

/** A 2xx body of a call of the harness's own, or undefined with what came instead. */
export async function succeed(
  target: Target,
  operation: string,
  params: Readonly<Record<string, string>>,
): Promise<{ readonly body: Body } | Failed> {
  const observation = await target.call(operation, params);
  if (observation.kind === 'unreachable')
    return { body: undefined, code: 'unreachable', problem: observation.cause };
  if (observation.kind === 'silence') {
    return {
      body: undefined,
      code: 'silence',
      problem: `${operation} was not answered within ${observation.afterMs} ms`,
    };
  }
  if (observation.kind === 'indeterminate') {
    return { body: undefined, code: 'indeterminate', problem: `${operation}: ${observation.cause}` };
  }
  if (observation.kind === 'inexpressible') {
    return { body: undefined, code: 'inexpressible', problem: `${operation}: ${observation.reason}` };
  }
  if (observation.kind === 'crashed') {
    return { body: undefined, code: 'crashed', problem: `${operation}: ${observation.how}` };
  }
  const { status, body, defect } = observation;
  if (status >= 200 && status < 300 && body !== undefined) return { body };
  const code = textOf(body?.['Code']);
  const message = quoted(textOf(body?.['Message']));
  const refusal = code === '' ? 'with a body that has no Code' : `${quoted(code)}: ${message}`;
  const said = body === undefined ? (defect ?? 'no body') : refusal;
  const busy = status === 429 || status === 503 || code.startsWith('Throttling');
  const problem = `${operation} was answered HTTP ${status} ${said}`;
  return { body: undefined, code, problem, ...(busy ? { busy } : {}) };
}

/** The interfaces on the given routers, or undefined when the target does not say. */
export async function interfacesOn(
  target: Target,
  regionId: string,
  routerIds: readonly string[],
): Promise<readonly Found[] | undefined> {
  const found = await asked(target, regionId, routerIds);
  return found === 'busy' ? undefined : found;
}

/** Milliseconds between two looks at a target that throttles. */
const waits = [100, 200, 400, 800];

/** The same, asked again while the target throttles; `busy` where it does so all the time. */
export async function patiently(
  target: Target,
  regionId: string,
  routerIds: readonly string[],
): Promise<readonly Found[] | 'busy' | undefined> {
  for (const wait of waits) {
    const found = await asked(target, regionId, routerIds);
    if (found !== 'busy') return found;
    await sleep(wait);
  }
  return asked(target, regionId, routerIds);
}

async function asked(
  target: Target,
  regionId: string,
  routerIds: readonly string[],
): Promise<readonly Found[] | 'busy' | undefined> {
  const filter: Record<string, string> = { RegionId: regionId, 'Filter.1.Key': 'RouterId' };
  for (const [index, id] of routerIds.slice(0, 5).entries()) filter[`Filter.1.Value.${index + 1}`] = id;
  const ours = new Set(routerIds);
  const found: Found[] = [];
  // As plain a request as can be, so that little has to work: default pages, one after another.
  for (let page = 1; page <= mostPages; page++) {
    const answer = await succeed(
      target,
      'DescribeRouterInterfaces',
      page === 1 ? filter : { ...filter, PageNumber: String(page) },
    );
    const { body } = answer;
    if (body === undefined && answer.busy === true) return 'busy';
    const set = body?.['RouterInterfaceSet'] as Body | undefined;
    const list = set?.['RouterInterfaceType'];
    if (!Array.isArray(list)) return page === 1 ? undefined : found;
    for (const item of list as readonly unknown[]) {
      if (typeof item !== 'object' || item === null) continue;
      const { RouterId, RouterInterfaceId, Status } = item as Body;
      // A target whose filter is broken lists strangers: they are not ours to touch.
      if (ours.has(String(RouterId))) found.push({ id: String(RouterInterfaceId), status: String(Status) });
    }
    if (list.length === 0 || page * 10 >= Number(body?.['TotalCount'] ?? 0)) break;
  }
  return found;
}

/** Routers of a sequence hold far fewer; a target that never stops listing is cut off here. */
const mostPages = 5;

const transitional: ReadonlySet<string> = new Set([
  'Connecting',
  'AcceptingConnecting',
  'Activating',
  'Modifying',
  'Deactivating',
  'Deleting',
]);

export const isPending = ({ status }: Found): boolean => transitional.has(status);
