/** A whole number that a double cannot hold, by its digits. */
export class ExactNumber {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }

  /** All its digits, as the big numbers of some client libraries give theirs. */
  toFixed(): string {
    return this.digits;
  }

  /** In JSON of ours it is what JSON.parse would have made of it. */
  toJSON(): number {
    return Number(this.digits);
  }
}

const marker = '\u0000exact:';

/**
 * Returns what a JSON text says, with whole numbers beyond 2^53 kept exactly, as {@link ExactNumber}; undefined
 * when it is no JSON.
 */
export function parseExactly(text: string): unknown {
  // Strings and numbers are taken as a whole, so that digits within them stay as they are.
  const kept = text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token))
      ? JSON.stringify(marker + token)
      : token,
  );
  try {
    return JSON.parse(kept, (_, value: unknown) =>
      typeof value === 'string' && value.startsWith(marker)
        ? new ExactNumber(value.slice(marker.length))
        : value,
    );
  } catch {
    return undefined;
  }
}
