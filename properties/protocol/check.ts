import type { RawCall } from '../../adapters/wire.ts';

/**
 * One thing that a gateway must do, as data: what is sent, and which answers are as documented. In every
 * text of a call, `{region}`, `{interface}` (one that exists), `{nonce}` and `{name}` (fresh ones) and
 * `{time-40}` (that many minutes from now) stand for what they become when it is sent.
 */
export interface ProtocolCheck {
  readonly id: string;
  /** The first is the one that is broken when the check fails. */
  readonly rules: readonly [string, ...string[]];
  /** What is sent, as the beginning of a sentence. */
  readonly what: string;
  /** One after another; the last answer is the one that is judged. */
  readonly calls: readonly RawCall[];
  readonly expect: Expectation;
  /** What an answer in another format than was asked for means, where no document tells how one asks. */
  readonly orOtherFormat?: string;
  /** A check that must have held, or this one says nothing: what it takes for granted. */
  readonly needs?: string;
}

/** A documented way to refuse, with the name that reports give it. */
export interface Variant {
  readonly name: string;
  readonly code: string;
  /** HTTP statuses that go with it, where they are documented. */
  readonly status?: readonly number[];
}

export type Expectation =
  | {
      readonly kind: 'refusal';
      readonly variants: readonly Variant[];
      /** Any other refusal will do too: no source is sure of the code. */
      readonly openCode?: boolean;
      /** What it means if the request is accepted, where the documents do not rule that out. */
      readonly orAccepted?: string;
    }
  /** Every call succeeds. */
  | { readonly kind: 'success' }
  /** The last answer says what the first one says. `orRefused`: what it means if it is a refusal instead. */
  | { readonly kind: 'same'; readonly orRefused?: string }
  /** The last answer shows what the first call sets: a Name, or a Description. */
  | { readonly kind: 'stored' }
  /** The last answer is in either format, and which is a choice of the target. */
  | { readonly kind: 'either format' };
