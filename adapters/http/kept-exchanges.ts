import type { Observation } from '../../model/vocabulary.ts';
import { isConfidential, redacted, redactor } from '../recording/redact.ts';
import type { RawExchange } from '../target.ts';
import type { Exchange, WireRequest } from './exchange.ts';
import { headersOf } from './raw-wire.ts';

/** Longer bodies are cut: nobody reads on. */
const mostCharacters = 20_000;

/** What went over the wire for each observation, for as long as the observation itself is kept. */
export class KeptExchanges {
  readonly #base: URL;
  readonly #clean: <T>(value: T) => T;
  readonly #requests = new WeakMap<Exchange, WireRequest>();
  readonly #exchanges = new WeakMap<Observation, Exchange>();

  /** `secrets` are taken out of what is told, wherever they stand. */
  constructor(base: URL, secrets: readonly (string | undefined)[]) {
    this.#base = base;
    this.#clean = redactor(secrets.filter((secret) => secret !== undefined));
  }

  carried(request: WireRequest, exchange: Exchange): void {
    this.#requests.set(exchange, request);
  }

  observed(exchange: Exchange, observation: Observation): Observation {
    this.#exchanges.set(observation, exchange);
    return observation;
  }

  of(observation: Observation): RawExchange | undefined {
    const exchange = this.#exchanges.get(observation);
    const request = exchange === undefined ? undefined : this.#requests.get(exchange);
    if (exchange === undefined || request === undefined) return undefined;
    const { method, path, headers, body } = request;
    const response =
      exchange.kind === 'response'
        ? {
            status: exchange.status,
            headers: headersOf(exchange.headers),
            body: cut(exchange.body.toString('utf8')),
          }
        : undefined;
    return this.#clean({
      request: {
        method,
        url: `${this.#base.origin}${withoutSecrets(path)}`,
        headers: headersOf(headers),
        ...(body === undefined ? {} : { body: withoutSecrets(body) }),
      },
      ...(response === undefined ? {} : { response }),
    });
  }
}

const cut = (text: string): string =>
  text.length > mostCharacters ? `${text.slice(0, mostCharacters)}… (${text.length} characters)` : text;

/** A query or a form, without the values of parameters that must not be kept. */
function withoutSecrets(text: string): string {
  return text.replaceAll(/([?&]|^)([^=&?]+)=[^&]*/g, (whole, before: string, name: string) =>
    isConfidential(decodeURIComponent(name)) ? `${before}${name}=${redacted}` : whole,
  );
}
