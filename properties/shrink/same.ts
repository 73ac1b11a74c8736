import type { Finding } from '../oracle/verdict.ts';

/** The same fault: same kind, operation and field; fewer violated rules at once say the same more clearly. */
export function isSame(found: Finding, wanted: Finding): boolean {
  return found.fingerprint === wanted.fingerprint || covers(found, wanted);
}

/** Whether `general` says the same as `special` with fewer rules in play. */
export function covers(general: Finding, special: Finding): boolean {
  if (likeness(general) !== likeness(special)) return false;
  return general.rules.length > 0 && general.rules.every((rule) => special.rules.includes(rule));
}

/** The fingerprint without its rules: what was seen where. */
function likeness({ fingerprint }: Finding): string {
  return fingerprint
    .split('|')
    .filter((part) => !/^[RP]\d+(\+[RP]\d+)*$/.test(part))
    .join('|');
}
