import type { Observation } from '../model/vocabulary.ts';

export type WireSignature = 'v1' | 'acs3';
export type WireMethod = 'GET' | 'POST';
export type WireFormat = 'JSON' | 'XML';

/**
 * One request with its protocol part as one likes, right or wrong. Plain data, so that it can be kept and
 * sent again later.
 *
 * Both signature schemes go by the names of version 1.0: `Timestamp`, `SignatureNonce`, `AccessKeyId`,
 * `Action`, `Version`, `Signature`, `SecurityToken`; with ACS3 they are headers, or parts of one.
 */
export interface RawCall {
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
  /** As the target is called otherwise, unless given. */
  readonly signature?: WireSignature;
  readonly method?: WireMethod;
  readonly format?: WireFormat;
  /** What replaces a part of the protocol before it is signed; null leaves it out. */
  readonly common?: Readonly<Record<string, string | null>>;
  /** What replaces a part of the protocol, or a parameter, once it is signed; null leaves it out. */
  readonly afterwards?: Readonly<Record<string, string | null>>;
  /** The secret it is signed with, if not the right one. */
  readonly secret?: string;
  /**
   * Where the parameters of a POST go: version 1.0 puts them into a form body unless this is true, as many clients
   * have it; ACS3 into the query unless it is false.
   */
  readonly inQuery?: boolean;
  /** Sends the parameters in the opposite order. */
  readonly reversed?: boolean;
}

/** What came back, with what an {@link Observation} leaves out. */
export interface RawAnswer {
  /** Its body is parsed as whatever it is, JSON or XML. */
  readonly observation: Observation;
  /** What the body was; undefined where it was neither. */
  readonly format?: WireFormat;
  /** Of an answer in XML: the name of its outermost element. */
  readonly root?: string;
  /** Headers by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A way to send what no well-behaved client would. */
export interface Wire {
  /** How the target is called otherwise. */
  readonly signature: WireSignature;
  readonly method: WireMethod;
  readonly format: WireFormat;
  send(call: RawCall): Promise<RawAnswer>;
}
