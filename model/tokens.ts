import { type Token, type World, worldDraft } from './world.ts';
import type { Collector } from './violations/collect.ts';

type Args = Readonly<Record<string, string>>;

export interface ReplayPossible {
  /** The earlier request that this one repeats by its ClientToken. */
  readonly repeats?: Token;
}

let spelled: { readonly args: Args; readonly request: string } | undefined;

/** A request without its token, in one canonical spelling. */
export function requestOf(args: Args): string {
  // Asked for twice in a row: for what came before, and to be remembered.
  if (spelled?.args !== args) {
    let request = '';
    for (const name of Object.keys(args).toSorted()) {
      const value = args[name] ?? '';
      // With its length, so that no value can look like the next name.
      if (name !== 'ClientToken') request += `${name}=${value.length}:${value}&`;
    }
    spelled = { args, request };
  }
  return spelled.request;
}

/**
 * Looks for an earlier request with the same ClientToken (R32).
 *
 * The same request again must not do the work twice; what it answers is open (A16). A different
 * request under a used token is nowhere described: it may be refused, replayed or done.
 */
export function replays(found: Collector, world: World, operation: string, args: Args): ReplayPossible {
  const token = args['ClientToken'];
  if (token === undefined || token === '') return {};
  const earlier = world.tokens.findLast((each) => each.token === token);
  if (earlier === undefined) return {};
  const same = earlier.operation === operation && earlier.request === requestOf(args);
  if (same && earlier.accepted && stillThere(world, earlier)) found.certain('R32');
  else found.possible('R32');
  return earlier.accepted && earlier.operation === operation ? { repeats: earlier } : {};
}

/** After what was made is gone again, making it anew under the old token is nobody's contradiction. */
function stillThere(world: World, token: Token): boolean {
  if (token.made === undefined) return true;
  return world.interfaces.some(({ id, cause }) => id === token.made && cause.event !== 'DELETE');
}

/** Remembers what came of a request with a token. */
export function withToken(
  world: World,
  operation: string,
  args: Args,
  accepted: boolean,
  made?: string,
): World {
  const token = args['ClientToken'];
  if (token === undefined || token === '') return world;
  const request = requestOf(args);
  const next = worldDraft(world);
  next.tokens = [
    ...world.tokens,
    made === undefined
      ? { operation, token, request, accepted }
      : { operation, token, request, accepted, made },
  ];
  return next;
}
