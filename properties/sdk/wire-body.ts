/** A number that a double cannot hold, by its digits. */
export class ExactNumber {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }
}

const marker = '\u0000exact:';

/**
 * Returns what a JSON text says, with whole numbers beyond 2^53 kept exactly, as {@link ExactNumber}; undefined
 * when it is no JSON.
 */
export function parseExactly(text: string): unknown {
  // Strings are skipped as a whole, so that digits within them stay as they are.
  const kept = text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g, (token) =>
    token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : JSON.stringify(marker + token),
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
