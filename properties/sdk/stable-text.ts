/** Longest text that a record keeps. */
const longest = 400;

/** What changes from run to run, and by what it is replaced. First come, first served. */
const replacements: readonly (readonly [RegExp, string])[] = [
  // Both signature schemes echo what was signed, which ends the message.
  [/(server string to sign is:).*/is, '$1<string to sign>'],
  [/(server StringToSign is).*/is, '$1 <string to sign>'],
  // Why a text is not JSON each version of V8 says in words of its own, quotes a piece of it and counts to the place.
  [
    /\b(?:Unexpected|Expected|Unterminated|Bad|No number|Exponent) [^]*? (?:is not valid JSON|JSON at position \d+(?: \(line \d+ column \d+\))?|JSON input)/,
    '<text> is not valid JSON',
  ],
  [/\b(?:https?):\/\/[^\s"'<>]+/gi, '<url>'],
  [/\b(?:127\.0\.0\.1|localhost|\[::1\]):\d+/g, '<host>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>'],
  [/\b(ri|vrt|vpc|vtb)-[0-9a-z]{6,}\b/g, '<$1 id>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/g, '<time>'],
  [/(?:file:\/\/|(?<![\w/]))(?:\/[\w.@+-]+){2,}/g, '<path>'],
  [/\b0x[0-9a-f]{6,}\b/gi, '<address>'],
];

/** What a terminal would obey, or nobody would see. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Returns a message without what changes from run to run: ids, addresses, times, paths, the signed URL. Of a
 * long one the beginning.
 */
export function stableText(text: string): string {
  const stable = replacements
    .reduce((so, [pattern, by]) => so.replace(pattern, by), text)
    .replaceAll(unprintable, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  return stable.length <= longest ? stable : `${stable.slice(0, longest)}…`;
}
