import { wholePart } from '../adapters/recording/format.ts';
import type { HarContents, HarExchange, HarHook } from '../adapters/recording/har-exchanges.ts';
import type { LogExtras } from '../adapters/recording/har-extras.ts';
import type { EditionId } from '../model/spec/editions.ts';
import { textOf } from '../model/text.ts';
import {
  type Arg,
  judgedOperations,
  type Operation,
  type Step,
  supportingOperations,
} from '../model/vocabulary.ts';
import { documentedQuota, type Router } from '../model/world.ts';
import { given } from './given.ts';
import type { Trace } from './trace.ts';

/** What an archive does not tell, or tells otherwise. */
export interface HarOptions {
  readonly edition: EditionId | 'any';
  readonly regionId?: string;
  readonly routers?: readonly Router[];
  readonly bounds: { readonly settleMs: number; readonly staleMs: number };
  /** What the trace is called. */
  readonly target: string;
}

export interface HarTrace {
  readonly trace: Trace;
  /** What is not in the trace, by what it is, with how often. */
  readonly skipped: ReadonlyMap<string, number>;
}

const modelled: ReadonlySet<string> = new Set([...judgedOperations, ...supportingOperations]);

/** The body of an answer that says yes. */
function granted({ observation }: HarExchange): Readonly<Record<string, unknown>> | undefined {
  return observation.kind === 'answer' && observation.status < 300 ? observation.body : undefined;
}

/**
 * Makes a trace of what an archive tells. The routers are those on which interfaces were made; calls about
 * interfaces that were there before cannot be judged, and are left out and counted.
 */
export function harTrace({ exchanges: all, skipped, extras }: HarContents, options: HarOptions): HarTrace {
  const left = new Map(skipped);
  const skip = (what: string): void => void left.set(what, (left.get(what) ?? 0) + 1);
  const told = longestStretch(oneAfterAnother(all, extras, skip), skip);
  const exchanges = told.filter((each) => each.kind === 'call');
  const regionId = options.regionId ?? mostFrequent(exchanges.map(({ params }) => params['RegionId']));
  const routers = options.routers ?? routersIn(exchanges, regionId);
  const names = new Map<string, string>();
  for (const [index, { id, vpcId, routeTableId }] of routers.entries()) {
    names.set(id, `router#${index + 1}`);
    if (vpcId !== undefined) names.set(vpcId, `vpc#${index + 1}`);
    if (routeTableId !== undefined) names.set(routeTableId, `table#${index + 1}`);
  }
  const origin = told[0]?.start ?? 0;
  // Archives that are made elsewhere tell our time only, not how a clock was moved.
  let moved = 0;
  const steps: Step[] = [];
  for (const exchange of told) {
    const when = { start: exchange.start - origin + moved, end: exchange.end - origin + moved };
    if (exchange.kind === 'hook') {
      const { hook, set, part, failed } = exchange;
      if (hook === 'clock' && part === undefined) moved += Number(set['advanceMs'] ?? 0);
      const step = failed === undefined ? controlStep(exchange, names) : undefined;
      if (step !== undefined) steps.push({ ...step, ...when });
      else if (hook === 'account' || hook === 'interface') skip(`the control hook "${hook}", to no effect`);
      continue;
    }
    const { operation, params, observation } = exchange;
    if (!modelled.has(operation)) {
      skip(`${operation}, which is not judged`);
      continue;
    }
    const before = params['RouterInterfaceId'] ?? params['InstanceId'];
    if (before?.startsWith('ri-') === true && !names.has(before) && existed(exchange)) {
      skip(`${operation} of ${before}, which was there before`);
      continue;
    }
    const args = Object.fromEntries(
      Object.entries(params).map(([name, value]): [string, Arg] => {
        const ref = names.get(value);
        return [name, ref === undefined ? value : { ref }];
      }),
    );
    const as = nameFor(exchange, names);
    steps.push({
      command: { kind: 'call', operation: operation as Operation, args, ...given({ as }) },
      sent: params,
      observation,
      ...when,
    });
  }
  const regions = new Set([
    regionId,
    ...exchanges.flatMap((each) => (granted(each) === undefined ? [] : regionsIn(each))),
  ]);
  return {
    trace: {
      traceVersion: 1,
      target: options.target,
      environment: {
        edition: options.edition,
        regionId,
        regions: [...regions],
        routers,
        limits: { perRouter: extras.quotaPerRouter ?? documentedQuota, perAccount: null },
        bounds: boundsOf(options, extras),
        ...(extras.clock === 'manual' ? { clock: 'manual' as const } : {}),
        readsLag: false,
      },
      steps,
    },
    skipped: left,
  };
}

function boundsOf({ bounds }: HarOptions, { settleMs, staleMs }: LogExtras): HarOptions['bounds'] {
  return { settleMs: settleMs ?? bounds.settleMs, staleMs: staleMs ?? bounds.staleMs };
}

type Told = HarContents['exchanges'];
type Skip = (what: string) => void;

/**
 * Without what has no place in a trace: clients that act at once, requests that are wrong on purpose, and lists of
 * what parts made that are told one after another here and ran side by side (see `toHar`).
 */
function oneAfterAnother(all: Told, { clock }: LogExtras, skip: Skip): Told {
  const raced = new Set(all.flatMap(({ part = '' }) => (wholePart(part) === part ? [] : [wholePart(part)])));
  const first = all[0]?.part;
  const whyNot = (each: Told[number]): string | undefined => {
    const { part = '' } = each;
    if (raced.has(wholePart(part))) return 'of clients that acted at once';
    if (part === 'protocol') return 'of the protocol suite';
    // The part that begins the run runs alone.
    if (clock !== 'manual' || part === first || each.kind === 'hook' || isConfined(each)) return undefined;
    return `${each.operation} of whatever there is, also of what ran beside it`;
  };
  return all.filter((each) => {
    const why = whyNot(each);
    if (why !== undefined) skip(why);
    return why === undefined;
  });
}

const ownOnly: ReadonlySet<string> = new Set(['RouterId', 'RouterInterfaceId', 'OppositeInterfaceId']);

/** Whether what is seen is of the routers and interfaces that are named, and of no others. */
function isConfined({ operation, params }: HarExchange): boolean {
  return (
    operation !== 'DescribeRouterInterfaces' ||
    Object.entries(params).some(([name, value]) => /^Filter\.\d+\.Key$/.test(name) && ownOnly.has(value))
  );
}

/** A reset makes an end of all there was: what lies between two of them is a story of its own. */
function longestStretch(all: Told, skip: Skip): Told {
  let longest: Told = [];
  let current: Told[number][] = [];
  const stretches = [current];
  for (const each of all) {
    if (each.kind === 'hook' && each.hook === 'reset' && each.failed === undefined)
      stretches.push((current = []));
    else current.push(each);
  }
  for (const each of stretches) if (each.length > longest.length) longest = each;
  for (const each of stretches)
    if (each !== longest) for (const _ of each) skip('before or after a reset of the target');
  return longest;
}

function controlStep(
  { hook, set }: HarHook,
  names: ReadonlyMap<string, string>,
): Pick<Step, 'command' | 'sent'> | undefined {
  const { overdue, routerInterfaceId, businessStatus, operationLocked } = set;
  if (hook === 'account')
    return typeof overdue === 'boolean'
      ? { command: { kind: 'control', hook, set: { overdue } }, sent: {} }
      : undefined;
  const ref = typeof routerInterfaceId === 'string' ? names.get(routerInterfaceId) : undefined;
  if (hook !== 'interface' || ref === undefined) return undefined;
  const locks = {
    ...(typeof businessStatus === 'string' ? { businessStatus } : {}),
    ...(typeof operationLocked === 'boolean' ? { operationLocked } : {}),
  };
  return {
    command: { kind: 'control', hook, on: { ref }, set: locks },
    sent: { routerInterfaceId: String(routerInterfaceId) },
  };
}

/** The name of what the call made, noted in `names`. */
function nameFor(exchange: HarExchange, names: Map<string, string>): string | undefined {
  const [kind, field] =
    exchange.operation === 'CreateRouterInterface'
      ? ['ri', 'RouterInterfaceId']
      : exchange.operation === 'CreateRouteEntry'
        ? ['route', 'RouteEntryId']
        : [];
  const id = field === undefined ? '' : textOf(granted(exchange)?.[field]);
  if (id === '') return undefined;
  const known = names.get(id);
  if (known !== undefined) return known; // the same token, the same interface
  const count = [...names.values()].filter((name) => name.startsWith(`${kind}#`)).length;
  const name = `${kind}#${count + 1}`;
  names.set(id, name);
  return name;
}

/** Whether the answer shows that there is such an interface. */
function existed(exchange: HarExchange): boolean {
  const { observation } = exchange;
  const code = observation.kind === 'answer' ? textOf(observation.body?.['Code']) : '';
  return !/NotFound|NotExist/i.test(code);
}

function routersIn(exchanges: readonly HarExchange[], regionId: string): readonly Router[] {
  const details = new Map<string, { vpcId?: string; routeTableId?: string }>();
  const used = new Set<string>();
  for (const exchange of exchanges) {
    const body = granted(exchange);
    const router = exchange.params['RouterId'];
    if (exchange.operation === 'CreateRouterInterface' && body !== undefined && router !== undefined)
      used.add(router);
    const [made, vpcId, table] = ['VRouterId', 'VpcId', 'RouteTableId'].map((name) => textOf(body?.[name]));
    if (made === undefined || made === '') continue;
    details.set(made, {
      ...details.get(made),
      ...(vpcId === undefined || vpcId === '' ? {} : { vpcId }),
      ...(table === undefined || table === '' ? {} : { routeTableId: table }),
    });
  }
  return [...used].map((id) => ({ id, regionId, ...details.get(id) }));
}

function regionsIn({ operation, params, observation }: HarExchange): readonly string[] {
  const named = [params['RegionId'], params['OppositeRegionId']].filter((each) => each !== undefined);
  if (operation !== 'DescribeRegions' || observation.kind !== 'answer') return named;
  const set = observation.body?.['Regions'];
  const list: unknown = typeof set === 'object' && set !== null ? Reflect.get(set, 'Region') : undefined;
  const items = Array.isArray(list) ? (list as readonly unknown[]) : [];
  return items.flatMap((each) =>
    typeof each === 'object' && each !== null ? [textOf(Reflect.get(each, 'RegionId'))] : [],
  );
}

function mostFrequent(values: readonly (string | undefined)[]): string {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 'cn-hangzhou';
}
