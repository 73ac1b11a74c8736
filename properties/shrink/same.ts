import type { Finding } from '../oracle/verdict.ts';

/** The same fault: same kind, operation and field; fewer violated rules at once say the same more clearly. */
export function isSame(found: Finding, wanted: Finding): boolean {
  return found.fingerprint === wanted.fingerprint || covers(found, wanted);
}

/** The same thing wrong in the same way, whatever rules are suspect because of what led there. */
export const isAlike = (one: Finding, other: Finding): boolean => likeness(one) === likeness(other);

/** Whether what follows may be its consequence: something may be in another state than it is believed to be in. */
export const isDisturbing = ({ kind, operation, fingerprint }: Finding): boolean =>
  fingerprint.startsWith('field|item|') ||
  ((kind === 'accepted' || kind === 'refused' || kind === 'silence') && !operation.startsWith('Describe'));

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

/** What else diverges up to this step, each by what was seen where. */
export function besides(
  findings: readonly { readonly finding: Finding; readonly step: number }[],
  last: number,
  wanted: Finding,
): ReadonlySet<string> {
  const others = findings.filter(
    ({ step, finding }) => step <= last && likeness(finding) !== likeness(wanted),
  );
  return new Set(others.map(({ finding }) => likeness(finding)));
}
