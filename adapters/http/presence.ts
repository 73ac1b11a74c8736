import { setTimeout as pause } from 'node:timers/promises';
import { answerFrom } from './answer-body.ts';
import { openConnections } from './connections.ts';
import { exchange, type Exchange, type WireRequest } from './exchange.ts';
import { errorCode, explainBroken, explainUnreachable } from './explain-failure.ts';
import { displayUrl } from './target-url.ts';

/** What is told of a target that comes and goes, by turns. */
export interface PresenceEvents {
  /** It answers: for the first time, or again. */
  here(): void;
  /** It does not answer, or has come back as another: `why` in a sentence without its end. */
  gone(why: string): void;
}

/** A target that is looked at again and again. */
export interface Presence {
  close(): Promise<void>;
}

const everyMs = 250;
/** Whoever holds a program in a debugger has not restarted it: no answer within this time says nothing. */
const deadlineMs = 2000;
/** So many answers on one connection, and the target is known to keep connections: one that ends was ended. */
const keepsConnections = 4;

/** How undici says that the other side ended a connection, as against itself. */
const endedThere: ReadonlySet<string | undefined> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** Returns what the target calls this life of its own, where it says: any text or number at `boot`. */
function bootOf(result: Exchange): string | undefined {
  if (result.kind !== 'response' || result.status !== 200) return undefined;
  const boot = answerFrom(result.status, result.body).body?.['boot'];
  return typeof boot === 'string' || typeof boot === 'number' ? String(boot) : undefined;
}

/** Returns why nobody is there; nothing where somebody answers, whatever it is. */
function absence(result: Exchange, where: string): string | undefined {
  if (result.kind === 'unsent') return explainUnreachable(result.cause, where);
  if (result.kind === 'broken' && result.status === 0) return explainBroken(result.cause, 0);
  return undefined;
}

/**
 * Looks four times a second whether a target is there, with a GET of `url`, whatever it answers. It has restarted
 * when it was away in between, when it ended a connection that it had kept, or when its answer is a JSON object
 * with another `boot` than before.
 */
export function watchPresence(url: URL, events: PresenceEvents): Presence {
  const { dispatcher, close } = openConnections(url, 1, undefined);
  const request: WireRequest = {
    method: 'GET',
    path: url.pathname + url.search,
    headers: ['accept', 'application/json'],
  };
  const stop = new AbortController();
  let state: 'here' | 'gone' | undefined;
  let boot: string | undefined;
  let answers = 0;
  const gone = (why: string): void => {
    if (state === 'gone' || stop.signal.aborted) return;
    state = 'gone';
    events.gone(why);
  };
  dispatcher.on('disconnect', (_origin, _targets, error) => {
    const kept = answers >= keepsConnections;
    answers = 0;
    if (kept && state === 'here' && endedThere.has(errorCode(error))) gone('it ended every connection');
  });

  const look = async (): Promise<void> => {
    const result = await exchange(dispatcher, request, deadlineMs);
    if (stop.signal.aborted || result.kind === 'silence') return;
    const why = absence(result, displayUrl(url));
    if (why !== undefined) {
      gone(why);
      return;
    }
    answers += 1;
    const now = bootOf(result);
    if (state === 'here' && boot !== undefined && now !== undefined && now !== boot)
      gone('it says that it has started anew');
    boot = now ?? boot;
    if (state === 'here') return;
    state = 'here';
    events.here();
  };
  const watching = (async () => {
    while (!stop.signal.aborted) {
      await look();
      await pause(everyMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  })();
  return {
    async close() {
      stop.abort();
      await close();
      await watching;
    },
  };
}
