/** Remembers which nonces each access key has used, for as long as their timestamps would still pass. */
export class Nonces {
  readonly #windowMs: number;
  /** Insertion order is order of expiry, because every nonce lives equally long. */
  readonly #expiry = new Map<string, number>();

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /**
   * Returns whether this is the first use of `nonce` by `accessKeyId`, and remembers it.
   *
   * A request is good until its timestamp is one window old, and the timestamp may be one window in
   * the future; so a nonce is kept for two windows.
   */
  use(accessKeyId: string, nonce: string, now: number): boolean {
    for (const [key, until] of this.#expiry) {
      if (until > now) break;
      this.#expiry.delete(key);
    }
    const key = `${accessKeyId} ${nonce}`;
    if (this.#expiry.has(key)) return false;
    this.#expiry.set(key, now + 2 * this.#windowMs);
    return true;
  }
}
