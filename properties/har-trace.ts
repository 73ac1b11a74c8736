import type { HarContents, HarExchange } from '../adapters/recording/har-exchanges.ts';
import type { EditionId } from '../model/spec/editions.ts';
import { textOf } from '../model/text.ts';
import {
  type Arg,
  judgedOperations,
  type Operation,
  type Step,
  supportingOperations,
} from '../model/vocabulary.ts';
import type { Router } from '../model/world.ts';
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
export function harTrace({ exchanges, skipped }: HarContents, options: HarOptions): HarTrace {
  const left = new Map(skipped);
  const skip = (what: string): void => void left.set(what, (left.get(what) ?? 0) + 1);
  const regionId = options.regionId ?? mostFrequent(exchanges.map(({ params }) => params['RegionId']));
  const routers = options.routers ?? routersIn(exchanges, regionId);
  const names = new Map<string, string>();
  for (const [index, { id, vpcId, routeTableId }] of routers.entries()) {
    names.set(id, `router#${index + 1}`);
    if (vpcId !== undefined) names.set(vpcId, `vpc#${index + 1}`);
    if (routeTableId !== undefined) names.set(routeTableId, `table#${index + 1}`);
  }
  const origin = exchanges[0]?.start ?? 0;
  const steps: Step[] = [];
  for (const exchange of exchanges) {
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
      command: { kind: 'call', operation: operation as Operation, args, ...(as === undefined ? {} : { as }) },
      sent: params,
      observation,
      start: exchange.start - origin,
      end: exchange.end - origin,
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
        limits: { perRouter: 5, perAccount: null },
        bounds: options.bounds,
        readsLag: false,
      },
      steps,
    },
    skipped: left,
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
