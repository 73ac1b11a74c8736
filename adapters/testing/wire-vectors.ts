import { readFileSync } from 'node:fs';

/**
 * A signed request that is known to be right: published with its signature by the provider, or recorded
 * from one of the client libraries against a server on loopback, with dummy keys.
 */
export interface WireVector {
  readonly client: string;
  readonly scheme: 'v1' | 'acs3';
  readonly secret: string;
  readonly method: 'GET' | 'POST';
  /** Path and query as sent. */
  readonly target: string;
  /** Lower-case names; the signed ones and what says of which kind the body is. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly stringToSign: string;
}

const file = new URL('wire-vectors.json', import.meta.url);

/** All of them: 4 published, 27 of the Node libraries, 39 of others. */
export const wireVectors: readonly WireVector[] = JSON.parse(readFileSync(file, 'utf8'));
