import { control, type ControlAnswer } from './control.ts';
import { arrange, type Body, type Call, type Guard, type Operation, type Params } from './operation.ts';
import { operations } from './operations.ts';
import { type EmulatorOptions, settle, type Settings } from './options.ts';
import type { Reason } from './refusals.ts';
import { isSameRequest } from './tokens.ts';
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

  #perform(action: string, { operation, guards }: Arranged, params: Params): Answer {
    for (const name of operation.mandatory) if (!params[name]) return this.refuse(`Missing${name}`);
    const token = operation.token === true ? params['ClientToken'] : undefined;
    const replayed = token === undefined ? undefined : this.#replay(action, operation, token, params);
    if (replayed) return replayed;
    const call = this.#callOf(operation, params);
    for (const guard of guards) {
      const reason = guard.check(call);
      if (reason === undefined) continue;
      operation.refused?.(call, reason);
      return this.refuse(reason);
    }
    const body = operation.perform(call);
    if (token !== undefined) {
      this.#world.tokens.set(`${action} ${token}`, { params, body });
    }
    return this.#success(body);
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

  #requestId(): string {
    this.#world.answers += 1;
    const repeated = this.#world.answers % 10 === 0 && this.settings.is('request-id-repeated');
    if (!repeated) this.#lastRequestId = this.#world.identifiers.request();
    return this.#lastRequestId;
  }
}
