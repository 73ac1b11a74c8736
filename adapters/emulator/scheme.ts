import type { IncomingHttpHeaders } from 'node:http';
import type { GatewayRefusal } from './gateway-refusals.ts';

/** A request with its parameters taken apart, before anybody knows who sent it. */
export interface GatewayRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Parameters of the query alone. */
  readonly query: ReadonlyMap<string, string>;
  /** Query and form body together; where both name a parameter, the body counts. */
  readonly params: ReadonlyMap<string, string>;
  /** As received. */
  readonly body: Buffer;
}

/** What a request says about itself in the manner of its signature scheme; nothing of it is checked yet. */
export interface Claims {
  readonly action: string | undefined;
  readonly version: string | undefined;
  readonly keyId: string | undefined;
  readonly securityToken: string | undefined;
  readonly timestamp: string | undefined;
  readonly nonce: string | undefined;
  /** What is wrong with how the signature is given, before it is computed. */
  readonly malformed: GatewayRefusal | undefined;
  /** Returns why the signature does not hold under `secret`. */
  readonly checkSignature: (secret: string) => GatewayRefusal | undefined;
}
