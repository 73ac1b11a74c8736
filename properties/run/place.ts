import { randomBytes } from 'node:crypto';
import type { Part, Target, Timing, Turn } from '../../adapters/target.ts';
import type { Clock } from './clock.ts';

/** What one part of a run works with: calls one after another, and the time they took. */
export interface Place {
  readonly target: Target;
  readonly clock: Timing;
  /** What the client tokens of this part have in common, and no others. */
  readonly tokens: string;
  /** Ids of the routers that a recording wants the part to have. */
  readonly routers?: readonly string[];
  /** Says which routers it has. */
  begin(routers: readonly string[]): void;
  /** What its clients work with when several act at once, where that is kept. */
  readonly clients?: Clients;
}

/** Keeps the clients of a race apart, and how they followed each other. */
export interface Clients {
  /** What a client works with, numbered from 1. */
  of(client: number): Pick<Place, 'target' | 'clock'>;
  /** Their order when the race was recorded: it is repeated. */
  readonly order?: readonly Turn[];
  /** Notes their order down. */
  raced(order: readonly Turn[]): void;
}

/** Tokens are remembered by targets, some for days: no run may use one of another run. */
const run = randomBytes(6).toString('hex');
let places = 0;

/** Returns what the tokens of something that is kept nowhere have in common. */
export function freshTokens(): string {
  return `${run}-${++places}`;
}

/**
 * Returns the part of a run with this name. Undefined when the target is a recording that holds nothing of
 * it and need not (see `Tape`).
 */
export function placeFor(target: Target, clock: Clock, name: string, optional = false): Place | undefined {
  const { tape } = target;
  if (tape === undefined) return { target, clock, tokens: freshTokens(), begin: () => undefined };
  const part = tape.part(name, optional);
  return part === undefined ? undefined : onTape(part, clock, `${tape.run}-${name.replaceAll(/\W+/g, '-')}`);
}

function onTape(part: Part, clock: Clock, tokens: string): Place {
  return {
    ...timed(part, clock),
    tokens,
    begin: (routers) => part.begin(routers),
    clients: clientsOf(part, clock),
    ...(part.routers === undefined ? {} : { routers: part.routers }),
  };
}

const timed = (part: Part, clock: Clock): Pick<Place, 'target' | 'clock'> => ({
  target: part.target,
  clock: part.timing(clock),
});

function clientsOf(part: Part, clock: Clock): Clients {
  const known = new Map<number, Pick<Place, 'target' | 'clock'>>();
  const { order } = part;
  return {
    of(client) {
      const place = known.get(client) ?? timed(part.client(client), clock);
      known.set(client, place);
      return place;
    },
    raced: (now) => part.raced(now),
    ...(order === undefined ? {} : { order }),
  };
}
