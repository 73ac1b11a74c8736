/** A complete HTTP answer as it goes over the wire. Header names and values alternate, as Node hands them out. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/**
 * What goes wrong with one request between a client and its target.
 *
 * `forwarded` says whether the request is handed on first: then it takes effect, whatever the client is told.
 */
export type Fault = { readonly name: string } & (
  | { readonly kind: 'answer'; readonly forwarded: boolean; readonly answer: WireAnswer }
  /** The target's own answer, changed. */
  | { readonly kind: 'changed'; readonly change: (answer: WireAnswer, random: () => number) => WireAnswer }
  /** The connection is reset instead of an answer. */
  | { readonly kind: 'reset'; readonly forwarded: boolean }
  /** Headers promise the whole body; the connection ends in its middle. */
  | { readonly kind: 'cut' }
  /** The target's answer, this many milliseconds late. */
  | { readonly kind: 'late'; readonly ms: number }
);

/** Says what is wrong with the n-th request, counted from 1; undefined for nothing. */
export type FaultPlan = (attempt: number) => Fault | undefined;

/** Returns a plan for the first request only, so that a retry meets a target in good health. */
export function once(fault: Fault): FaultPlan {
  return (attempt) => (attempt === 1 ? fault : undefined);
}

/** Returns a plan for every request. */
export function always(fault: Fault): FaultPlan {
  return () => fault;
}

/** Returns a plan by which a share `rate` (0 to 1) of the requests meets one of `faults`, drawn by `random`. */
export function sometimes(faults: readonly Fault[], rate: number, random: () => number): FaultPlan {
  const drawn: (Fault | undefined)[] = [];
  return (attempt) => {
    // Drawn in order, so that the n-th request meets the same fault however often it is asked about.
    while (drawn.length < attempt) {
      const strikes = random() < rate;
      const index = Math.floor(random() * faults.length);
      drawn.push(strikes ? faults[index] : undefined);
    }
    return drawn[attempt - 1];
  };
}
