import { createHash } from 'node:crypto';
import type { RawCall, Wire } from '../../adapters/wire.ts';
import { textOf } from '../../model/text.ts';
import { given } from '../given.ts';
import { clean } from '../run/clean.ts';
import type { Times } from '../run/clock.ts';
import { anythingPending, Bindings, type Stage } from '../run/execute.ts';
import { succeed } from '../run/list.ts';
import type { Scene } from '../run/scene.ts';
import type { ProtocolCheck } from './check.ts';
import { protocolChecks } from './checks.ts';
import { judgeCheck, type JudgedCheck, type RawExchange, unstored } from './judge-check.ts';

export interface ProtocolOptions {
  readonly regionId: string;
  readonly times: Times;
  readonly signal?: AbortSignal;
  /** The checks to make, in order; all of them unless given. */
  readonly checks?: readonly ProtocolCheck[];
}

/** One check that was made, or why it was not. */
export interface CheckResult extends JudgedCheck {
  readonly check: ProtocolCheck;
  readonly exchanges: readonly RawExchange[];
}

export type ProtocolResult =
  | {
      readonly kind: 'checked';
      readonly results: readonly CheckResult[];
      readonly leftBehind: readonly string[];
    }
  /** The target has no wire that could be put to the test. */
  | { readonly kind: 'not testable'; readonly reason: string };

/** Text that any parser must carry, and that a careless one does not. */
const awkward = 'a <b> & "c" \'d\' é中';

/**
 * Makes the checks of the protocol on a scene that nothing else runs on, with one interface of its own that
 * is deleted in the end.
 */
export async function protocolSuite(scene: Scene, options: ProtocolOptions): Promise<ProtocolResult> {
  const noWire = {
    kind: 'not testable',
    reason: 'only a target at a URL has a wire that requests can be put on as one likes',
  } as const;
  if (scene.target.wire === undefined) return noWire;
  const place = scene.place('protocol', true);
  const [router] = scene.routers;
  if (place === undefined || router === undefined) {
    return {
      kind: 'not testable',
      reason: 'the recording holds none of it: record with the suite "protocol", and time for it',
    };
  }
  const { wire } = place.target;
  if (wire === undefined) return noWire;
  place.begin([router.id]);
  const { regionId, times, signal, checks = protocolChecks } = options;
  const stage: Stage = {
    ...place,
    environment: scene.environmentFor([router]),
    ...given({ signal }),
  };
  const bindings = new Bindings([router]);
  try {
    const made = await makeInterface(stage, router.id, regionId);
    if (made !== undefined) bindings.bind('ri#1', made);
    await place.clock.settle(() => anythingPending(stage));
    if (stage.environment.readsLag) await place.clock.pause(times.staleMs);
    const again = async (): Promise<void> => place.clock.pause(times.staleMs / 4);
    const held = new Map<string, boolean>();
    const results: CheckResult[] = [];
    for (const check of checks) {
      const reason = whyNot(check, held, made, signal);
      const result =
        reason === undefined
          ? await performCheck(wire, check, { region: regionId, interface: made ?? '' }, place.tokens, again)
          : { check, exchanges: [], findings: [], verdict: { kind: 'inconclusive', reason } as const };
      held.set(check.id, result.verdict.kind === 'conforms');
      results.push(result);
    }
    return { kind: 'checked', results, leftBehind: await clean(stage, [], bindings) };
  } finally {
    place.time.release();
  }
}

async function makeInterface(stage: Stage, routerId: string, regionId: string): Promise<string | undefined> {
  // A target that trips over the awkward one is told so by a check of its own, and has the others made too.
  for (const Description of [awkward, 'ri-conformance']) {
    const answer = await succeed(stage.target, 'CreateRouterInterface', {
      RegionId: regionId,
      OppositeRegionId: regionId,
      Role: 'InitiatingSide',
      Spec: 'Mini.2',
      RouterType: 'VRouter',
      RouterId: routerId,
      Description,
    });
    const id = textOf(answer.body?.['RouterInterfaceId']);
    if (id !== '') return id;
  }
  return undefined;
}

function whyNot(
  check: ProtocolCheck,
  held: ReadonlyMap<string, boolean>,
  made: string | undefined,
  signal: AbortSignal | undefined,
): string | undefined {
  if (signal?.aborted === true) return 'stopped';
  if (check.needs !== undefined && held.get(check.needs) === false) {
    return `protocol checks that need "${check.needs}", which failed`;
  }
  const wanted = JSON.stringify(check.calls).includes('{interface}');
  return wanted && made === undefined ? 'no interface could be made for the protocol checks' : undefined;
}

/**
 * Sends the calls of one check and judges what came back. What must be fresh follows from `tokens`, so that a
 * recording has the same.
 */
export async function performCheck(
  wire: Wire,
  check: ProtocolCheck,
  known: { readonly region: string; readonly interface: string },
  tokens: string,
  again: () => Promise<void>,
): Promise<CheckResult> {
  const tag = createHash('sha256').update(`${tokens} ${check.id}`).digest('hex').slice(0, 32);
  const names = { ...known, nonce: tag, name: `ri-conformance-${tag.slice(0, 8)}` };
  const exchanges: RawExchange[] = [];
  for (const each of check.calls) {
    const call = filledIn(each, names);
    exchanges.push({ call, answer: await wire.send(call) });
  }
  // What is read may be what was true a moment ago.
  for (let left = 5; check.expect.kind === 'stored' && left > 0; left--) {
    const [first, last] = [exchanges[0], exchanges.at(-1)];
    if (first === undefined || last === undefined || unstored(first.call, last.answer) === undefined) break;
    await again();
    exchanges[exchanges.length - 1] = { call: last.call, answer: await wire.send(last.call) };
  }
  return { check, exchanges, ...judgeCheck(check, exchanges) };
}

/** Puts what is known now in the place of `{region}`, `{nonce}`, `{time-40}` and so on. */
function filledIn(call: RawCall, names: Readonly<Record<string, string>>): RawCall {
  const text = JSON.stringify(call).replaceAll(
    /\{(region|interface|nonce|name|time([+-]\d+))\}/g,
    (_, name: string, minutes: string | undefined) =>
      minutes === undefined ? (names[name] ?? '') : minutesFromNow(Number(minutes)),
  );
  return JSON.parse(text) as RawCall;
}

function minutesFromNow(minutes: number): string {
  return `${new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 19)}Z`;
}
