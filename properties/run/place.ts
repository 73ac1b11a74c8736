import { randomBytes } from 'node:crypto';
import type { Part, Target, Timing, Turn } from '../../adapters/target.ts';
import { given } from '../given.ts';
import type { Clock, OwnTime } from './clock.ts';

/** What one part of a run works with: calls one after another, and the time they took. */
export interface Place {
  readonly target: Target;
  readonly clock: Timing;
  /** Its say in when that time may move. */
  readonly time: OwnTime;
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
  const time = clock.ownTime();
  if (tape === undefined) return { target, clock: time, time, tokens: freshTokens(), begin: () => undefined };
  const part = tape.part(name, optional);
  return part === undefined ? undefined : onTape(part, time, `${tape.run}-${name.replaceAll(/\W+/g, '-')}`);
}

function onTape(part: Part, time: OwnTime, tokens: string): Place {
  return {
    ...timed(part, time),
    time,
    tokens,
    begin: (routers) => part.begin(routers),
    clients: clientsOf(part, time),
    ...given({ routers: part.routers }),
  };
}

const timed = (part: Part, time: OwnTime): Pick<Place, 'target' | 'clock'> => ({
  target: part.target,
  clock: part.timing(time),
});

function clientsOf(part: Part, time: OwnTime): Clients {
  const known = new Map<number, Pick<Place, 'target' | 'clock'>>();
  const { order } = part;
  return {
    of(client) {
      const place = known.get(client) ?? timed(part.client(client), time);
      known.set(client, place);
      return place;
    },
    raced: (now) => part.raced(now),
    ...given({ order }),
  };
}
