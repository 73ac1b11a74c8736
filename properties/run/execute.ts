import { HookError, type Target, type Timing } from '../../adapters/target.ts';
import {
  type Arg,
  type CallCommand,
  type Command,
  type ControlCommand,
  documentedAccount,
  type Observation,
  ownAccount,
  type Step,
} from '../../model/vocabulary.ts';
import type { Environment, Router } from '../../model/world.ts';
import type { Sequence } from '../sequence.ts';
import type { Trace } from '../trace.ts';
import { type AccountShare, needsAccount } from './account.ts';
import type { OwnTime } from './clock.ts';
import { interfacesOn, isPending } from './list.ts';
import { type ActOfClient, executeLanes, repeatLanes, turnsOf } from './lanes.ts';
import { type Clients, freshTokens } from './place.ts';

/** What a sequence runs in. */
export interface Stage {
  readonly target: Target;
  readonly clock: Timing;
  /** Its say in when time may move; needed where other sequences run beside this one. */
  readonly time?: OwnTime;
  /** The same for what the account has; without it the account is this sequence's own. */
  readonly account?: AccountShare;
  /** What its client tokens have in common; fresh unless given. */
  readonly tokens?: string;
  /** What its clients have for themselves when several act at once; all of this unless given. */
  readonly clients?: Clients;
  readonly environment: Environment;
  readonly signal?: AbortSignal;
}

/** Names of a sequence and the ids they stand for, once something has been made. */
export class Bindings {
  readonly #ids = new Map<string, string>();
  readonly #tokens: string;
  /** What ids that do not exist have in common: no other sequence on the same account names them. */
  readonly #own: string;
  readonly #deleted = new Set<string>();

  constructor(routers: readonly Router[], tokens = freshTokens(), accountId = documentedAccount) {
    this.#tokens = tokens;
    this.#own = routers[0]?.id.replace(/^\w+-/, '').slice(-12) ?? '';
    this.#ids.set(ownAccount.ref, accountId);
    for (const [index, { id, vpcId, routeTableId }] of routers.entries()) {
      this.#ids.set(`router#${index + 1}`, id);
      if (vpcId !== undefined) this.#ids.set(`vpc#${index + 1}`, vpcId);
      if (routeTableId !== undefined) this.#ids.set(`table#${index + 1}`, routeTableId);
    }
  }

  bind(name: string, id: string): void {
    this.#ids.set(name, id);
  }

  /**
   * The id behind a name; for one that was never bound, a well-formed id that does not exist. Routers are of one
   * sequence at a time, so their ids tell it apart: interfaces of several would be found by one filter otherwise.
   */
  resolve(arg: Arg): string {
    if (typeof arg === 'string') return arg;
    const bound = this.#ids.get(arg.ref);
    if (bound !== undefined) return bound;
    const [kind = 'ri', number = '0'] = arg.ref.split('#');
    if (kind === 'token') return `ri-conformance-${this.#tokens}-${number}`;
    const prefix = { router: 'vrt', table: 'vtb', vpc: 'vpc', route: 'rte' }[kind] ?? 'ri';
    return `${prefix}-unbound${this.#own}${number.padStart(4, '0')}`;
  }

  get interfaces(): readonly string[] {
    return [...this.#ids].filter(([name]) => name.startsWith('ri#')).map(([, id]) => id);
  }

  /** Interfaces that were made and whose deletion was not accepted yet. */
  get undeleted(): readonly string[] {
    return this.interfaces.filter((id) => !this.#deleted.has(id));
  }

  deleted(id: string): void {
    this.#deleted.add(id);
  }

  get routes(): readonly string[] {
    return [...this.#ids].filter(([name]) => name.startsWith('route#')).map(([, id]) => id);
  }
}

/** The commands as they ran, in order, and the names they bound. */
export interface Run {
  readonly trace: Trace;
  readonly bindings: Bindings;
  /** The target went away, a hook failed, or the run was stopped: the rest was not sent. */
  readonly broken?: string;
  readonly failedHook?: HookError;
  /** The rest was not sent, because of what another sequence has done to the account. */
  readonly cutShort?: true;
}

/** Executes a sequence, several clients at once where it has them, and records what was seen. */
export async function executeSequence(stage: Stage, { commands, race }: Sequence): Promise<Run> {
  await enter(stage, commands, 0);
  const before = await execute(stage, commands);
  const { bindings, trace } = before;
  if (race === undefined || before.broken !== undefined || before.cutShort === true) return before;
  // For all clients together: what one of them starts is not over when another is refused.
  await stage.time?.hold();
  const { clients } = stage;
  const act: ActOfClient = (command, client, answered) =>
    perform({ ...stage, ...clients?.of(client) }, command, bindings, answered);
  const during =
    clients?.order === undefined
      ? await executeLanes(race, act, stage.target.inProcess)
      : await repeatLanes(race, clients.order, act);
  clients?.raced(turnsOf(during));
  const soFar: Trace = { ...trace, steps: [...trace.steps, ...during] };
  const gone = during.find(({ observation }) => observation?.kind === 'unreachable')?.observation;
  if (gone?.kind === 'unreachable') return { trace: soFar, bindings, broken: gone.cause };
  const after = await execute(stage, race.after, bindings);
  return { ...after, trace: { ...soFar, steps: [...soFar.steps, ...after.trace.steps] } };
}

/** Executes commands one after another and records what was seen. Judges nothing. */
export async function execute(
  stage: Stage,
  commands: readonly Command[],
  bindings = new Bindings(stage.environment.routers, stage.tokens, stage.environment.accountId),
): Promise<Run> {
  const { target, environment, signal } = stage;
  const steps: Step[] = [];
  const run = (broken?: string): Run => ({
    trace: { traceVersion: 1, target: target.name, environment, steps },
    bindings,
    ...(broken === undefined ? {} : { broken }),
  });
  for (const [index, command] of commands.entries()) {
    if (signal?.aborted === true) return run('stopped');
    if (index > 0 && commands[index - 1]?.kind === 'settle') await enter(stage, commands, index);
    const overdueBeside = stage.account?.overdueBeside === true;
    let step: Step;
    try {
      step = await perform(stage, command, bindings);
    } catch (error) {
      // What was seen before it is worth judging all the same.
      if (error instanceof HookError) return { ...run(error.message), failedHook: error };
      throw error;
    }
    if (isForOthers(stage, step, overdueBeside)) return { ...run(), cutShort: true };
    steps.push(step);
    if (step.observation?.kind === 'unreachable') return run(step.observation.cause);
  }
  return run();
}

/** Waits until a sequence that is at rest may go on. */
async function enter({ account }: Stage, commands: readonly Command[], index: number): Promise<void> {
  await account?.enter(needsAccount(commands, index, account.locksReachOthers));
}

/**
 * Whether a call was refused for what another sequence has made overdue (A17), which no judge of this one can
 * know. The sequence is to be run again, and from then on such changes are made by one sequence alone.
 */
function isForOthers({ account }: Stage, { observation }: Step, before: boolean): boolean {
  if (account === undefined || !(before || account.overdueBeside)) return false;
  if (observation?.kind !== 'answer' || observation.body?.['Code'] !== 'Forbidden.BillsOutstanding')
    return false;
  account.noticeOverdue();
  return true;
}

/** These leave nothing behind that happens later by itself, unless reads lag. */
const prompt: ReadonlySet<string> = new Set(['CreateRouterInterface', 'ModifyRouterInterfaceAttribute']);

/** Keeps time from moving where something may be on its way from now on; true when nothing was before. */
function hold({ time, environment }: Stage, operation: string): boolean | Promise<boolean> {
  if (time === undefined || operation.startsWith('Describe')) return false;
  if (prompt.has(operation) && !environment.readsLag) return false;
  return time.hold();
}

/** What was refused has started nothing. */
const isRefusal = (observation: Observation): boolean =>
  observation.kind === 'answer' && observation.status >= 400 && observation.status < 500;

/** `answered` is told of an answer before anything is made of it, and may hold it back. */
async function perform(
  stage: Stage,
  command: Command,
  bindings: Bindings,
  answered?: () => Promise<void> | undefined,
): Promise<Step> {
  const { clock } = stage;
  const holding = command.kind === 'call' && hold(stage, command.operation);
  const held = typeof holding === 'boolean' ? holding : await holding;
  const start = clock.now();
  if (command.kind === 'settle') {
    await clock.settle(() => anythingPending(stage));
    return { command, start, end: clock.now() };
  }
  if (command.kind === 'control') {
    const sent = await performControl(stage, command, bindings);
    return { command, sent, start, end: clock.now() };
  }
  const sent = resolved(command, bindings);
  const observation = await stage.target.call(command.operation, sent);
  const back = answered?.();
  if (back !== undefined) await back;
  if (held && isRefusal(observation)) stage.time?.release();
  if (command.as !== undefined) bindResult(bindings, command, observation);
  if (
    command.operation === 'DeleteRouterInterface' &&
    observation.kind === 'answer' &&
    observation.status >= 200 &&
    observation.status < 300
  ) {
    bindings.deleted(sent['RouterInterfaceId'] ?? '');
  }
  return { command, sent, observation, start, end: clock.now() };
}

function resolved({ args }: CallCommand, bindings: Bindings): Record<string, string> {
  const sent: Record<string, string> = {};
  for (const name in args) sent[name] = bindings.resolve(args[name] as Arg);
  return sent;
}

function bindResult(bindings: Bindings, { as, operation }: CallCommand, observation: Observation): void {
  if (as === undefined || observation.kind !== 'answer') return;
  const id = observation.body?.[operation === 'CreateRouteEntry' ? 'RouteEntryId' : 'RouterInterfaceId'];
  if (typeof id === 'string' && id !== '') bindings.bind(as, id);
}

/** Pulls a hook. For an interface that does not exist there is nothing to lock. */
async function performControl(
  { target, account }: Stage,
  { on, set }: ControlCommand,
  bindings: Bindings,
): Promise<Record<string, string>> {
  if (target.control === undefined)
    throw new Error('A control command was generated for a target without control hooks.');
  if (set.overdue !== undefined) {
    await target.control.account({ overdue: set.overdue });
    account?.setOverdue('account', set.overdue);
  }
  if (on === undefined) return {};
  const routerInterfaceId = bindings.resolve(on);
  const { businessStatus, operationLocked } = set;
  if (bindings.interfaces.includes(routerInterfaceId)) {
    const overdue = businessStatus === 'FinancialLocked';
    if (overdue) account?.setOverdue(routerInterfaceId, true);
    await target.control
      .interface({
        routerInterfaceId,
        ...(businessStatus === undefined ? {} : { businessStatus }),
        ...(operationLocked === undefined ? {} : { operationLocked }),
      })
      .catch((error: unknown) => {
        // The interface may be gone by now: then the hook has nothing to act on, and says so.
        if (!(error instanceof HookError) || error.status !== 404) throw error;
      });
    if (businessStatus !== undefined && !overdue) account?.setOverdue(routerInterfaceId, false);
  }
  return { routerInterfaceId };
}

/** Whether anything on the sequence's routers is still on its way. */
export async function anythingPending({ target, environment }: Stage): Promise<boolean> {
  const found = await interfacesOn(
    target,
    environment.regionId,
    environment.routers.map(({ id }) => id),
  );
  return found?.some(isPending) ?? false;
}
