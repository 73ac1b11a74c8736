import { control, type ControlAnswer } from './control.ts';
import type { RaceMutant } from './mutant-races.ts';
import { arrange, type Body, type Call, type Guard, type Operation, type Params } from './operation.ts';
import { operations } from './operations.ts';
import { type EmulatorOptions, settle, type Settings } from './options.ts';
import type { Reason } from './refusals.ts';
import { isSameRequest } from './tokens.ts';
import type { Window } from './windows.ts';
import { World } from './world.ts';

export type { EmulatorOptions } from './options.ts';

/** An answer as it goes over the wire: HTTP status and JSON body. */
export interface Answer {
  readonly status: number;
  readonly body: Body;
}

interface Arranged {
  readonly operation: Operation;
  readonly guards: readonly Guard[];
}

/** The host that error bodies name. Clients must not rely on it. */
const hostId = 'vpc.aliyuncs.com';

/**
 * The reference emulator: one account of the Vpc API (2016-04-28), written from the documents alone.
 *
 * Everything is synchronous and in memory. Transitions that fell due happen at the beginning of the
 * next call, so there is no timer to stop and nothing to close.
 */
export class Emulator {
  readonly settings: Settings;
  readonly #world: World;
  readonly #operations: ReadonlyMap<string, Arranged>;
  #lastRequestId = '';
  /** What the calls are about that arrived and are not answered yet. */
  readonly #underWay: string[] = [];
  #answering = '';

  /** Throws an Error that lists what is allowed on an unknown edition, profile, axis, value or mutant. */
  constructor(options: EmulatorOptions = {}) {
    this.settings = settle(options);
    this.#world = new World(this.settings);
    const { omitted, profile } = this.settings;
    this.#operations = new Map(
      Object.entries(operations).map(([action, operation]) => [
        action,
        { operation, guards: arrange(action, operation.guards, profile.precedence, omitted) },
      ]),
    );
  }

  /**
   * Performs one action and returns its answer; never throws for anything a caller can send.
   *
   * `params` are the parameters of the action alone: the caller counts as authenticated, and Action,
   * Version, Signature and the like have been dealt with before (see serve.ts).
   */
  call(action: string, params: Params): Answer {
    const known = this.#operations.get(action);
    if (!known) return this.refuse('action');
    const world = this.#world;
    world.timeline.settle();
    const answer = this.#perform(action, known, params);
    if (known.operation.reads !== true) {
      // A duration of 0 means at once: before the next caller can look.
      world.timeline.settle();
      world.record();
    }
    return answer;
  }

  /** Whether calls that overlap get into each other's way: then they have to come through `arrive`. */
  get races(): boolean {
    return this.settings.race !== undefined;
  }

  /**
   * Performs one action like `call`, and where the emulator is to have such a defect lets others go ahead
   * between the moment at which it looks and the moment at which it acts.
   */
  async arrive(action: string, params: Params, window: Window): Promise<Answer> {
    const { race } = this.settings;
    const known = this.#operations.get(action);
    if (!known || race === undefined || (race.action ?? action) !== action) return this.call(action, params);
    const subject = params[known.operation.target ?? ''] ?? '';
    this.#underWay.push(subject);
    try {
      return await this.#racing(race, action, known, params, window);
    } finally {
      this.#underWay.splice(this.#underWay.indexOf(subject), 1);
    }
  }

  async #racing(
    race: RaceMutant,
    action: string,
    known: Arranged,
    params: Params,
    window: Window,
  ): Promise<Answer> {
    const world = this.#world;
    const { stale = [], looks, acts, answers } = race;
    world.timeline.settle();
    const early = race.action === undefined ? undefined : this.#check(action, known, params);
    if (early) return early;
    const { operation } = known;
    const seen = looks?.(this.#callOf(operation, params));
    await window();
    world.timeline.settle();
    this.#answering = params[operation.target ?? ''] ?? '';
    const guards = known.guards.filter(({ name }) => !stale.includes(name));
    const late = this.#check(action, { operation, guards }, params, stale.includes('token'));
    if (late) return late;
    const call = this.#callOf(operation, params);
    const act = (): Body => operation.perform(call);
    const body = acts?.(call, seen, act) ?? act();
    this.#used(action, operation, params, body);
    world.timeline.settle();
    world.record();
    if (answers === undefined) return this.#success(body);
    await window();
    return this.#success(answers(call, body));
  }

  /** Performs a control hook: `GET /_control`, `POST /_control/reset` and so on, see control.ts. */
  control(method: string, path: string, body: unknown): ControlAnswer {
    this.#world.timeline.settle();
    const answer = control(this.#world, method, path, body);
    this.#world.timeline.settle();
    this.#world.record();
    return answer;
  }

  /** Moves a manual clock by `ms` milliseconds. Throws an Error when the clock is real or `ms` is negative. */
  advance(ms: number): void {
    this.#world.timeline.advance(ms);
  }

  /** Returns the refusal for `reason` in the chosen edition, with a complete error body (R8). */
  refuse(reason: Reason): Answer {
    const { status, code, message } = this.settings.refusal(reason);
    return this.error(status, code, message);
  }

  /** Returns an error answer with every key that clients read (R8). */
  error(status: number, code: string, message: string): Answer {
    const requestId = this.#requestId();
    const body: Body = {
      RequestId: requestId,
      HostId: hostId,
      Code: code,
      Message: message,
      Recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}&product=Vpc&requestId=${requestId}`,
    };
    if (this.settings.is('error-without-request-id')) delete body['RequestId'];
    if (this.settings.is('error-without-message')) delete body['Message'];
    return { status: this.settings.is('error-with-http-200') ? 200 : status, body };
  }

  #perform(action: string, known: Arranged, params: Params): Answer {
    const refused = this.#check(action, known, params);
    if (refused) return refused;
    const { operation } = known;
    const body = operation.perform(this.#callOf(operation, params));
    this.#used(action, operation, params, body);
    return this.#success(body);
  }

  /** Returns the answer of a call that is not carried out; undefined when nothing speaks against it. */
  #check(
    action: string,
    { operation, guards }: Arranged,
    params: Params,
    anyToken = false,
  ): Answer | undefined {
    for (const name of operation.mandatory) if (!params[name]) return this.refuse(`Missing${name}`);
    const token = operation.token === true && !anyToken ? params['ClientToken'] : undefined;
    const replayed = token === undefined ? undefined : this.#replay(action, operation, token, params);
    if (replayed) return replayed;
    const call = this.#callOf(operation, params);
    for (const guard of guards) {
      const reason = guard.check(call);
      if (reason === undefined) continue;
      operation.refused?.(call, reason);
      return this.refuse(reason);
    }
    return undefined;
  }

  /** Remembers what came of a token. */
  #used(action: string, operation: Operation, params: Params, body: Body): void {
    const token = operation.token === true ? params['ClientToken'] : undefined;
    if (token !== undefined) this.#world.tokens.set(`${action} ${token}`, { params, body });
  }

  #callOf(operation: Operation, params: Params): Call {
    const world = this.#world;
    const { settings } = this;
    let ri = operation.target ? world.interfaces.get(params[operation.target] ?? '') : undefined;
    // R6: an interface can be reached in its own region only.
    if (ri && ri.regionId !== params['RegionId'] && !settings.is('any-region')) ri = undefined;
    return { params, world, settings, ri };
  }

  /**
   * R32: returns the answer to a token that was used for this action before, undefined for a new one.
   *
   * Only requests that were carried out count: one that was refused did nothing that could be repeated.
   */
  #replay(action: string, operation: Operation, token: string, params: Params): Answer | undefined {
    const { settings } = this;
    const used = this.#world.tokens.get(`${action} ${token}`);
    if (!used) return undefined;
    if (action === 'CreateRouterInterface' && settings.is('create-token-ignored')) return undefined;
    if (action === 'ModifyRouterInterfaceSpec' && settings.is('spec-token-ignored')) return undefined;
    if (settings.profile.tokenReuse === 'refuse') {
      const again = action === 'CreateRouterInterface' && this.#world.byRouter.has(params['RouterId'] ?? '');
      if (again && settings.is('refused-token-creates')) operation.perform(this.#callOf(operation, params));
      return this.refuse('tokenProcessing');
    }
    if (!isSameRequest(params, used.params)) return this.refuse('tokenMismatch');
    return this.#success(used.body);
  }

  #success(body: Body): Answer {
    if (this.settings.is('success-without-request-id')) return { status: 200, body: { ...body } };
    return { status: 200, body: { RequestId: this.#requestId(), ...body } };
  }

  /** Whether several calls about the interface that is being answered for are under way. */
  #isCrowded(): boolean {
    const about = this.#answering;
    return about !== '' && this.#underWay.filter((each) => each === about).length > 1;
  }

  #requestId(): string {
    this.#world.answers += 1;
    const repeated =
      (this.#world.answers % 10 === 0 && this.settings.is('request-id-repeated')) ||
      (this.settings.is('race-request-id') && this.#isCrowded());
    if (!repeated) this.#lastRequestId = this.#world.identifiers.request();
    return this.#lastRequestId;
  }
}
