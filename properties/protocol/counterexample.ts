import type { RawExchange } from './judge-check.ts';

/** A divergence of the protocol on disk: which check shows it, and what was sent and came when it did. */
export interface ProtocolCounterexample {
  readonly counterexampleVersion: 1;
  readonly suite: 'protocol';
  readonly id: string;
  readonly check: string;
  readonly fingerprint: string;
  readonly rules: readonly string[];
  readonly expected: string;
  readonly observed: string;
  readonly target: string;
  readonly edition: string;
  readonly regionId: string;
  readonly exchanges: readonly RawExchange[];
}
