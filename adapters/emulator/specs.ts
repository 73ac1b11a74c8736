/** Mbit/s of the twelve bandwidth specs that the operation pages list (R10), and of Negative. */
const documented: Readonly<Record<string, number>> = {
  'Mini.2': 2,
  'Mini.5': 5,
  'Small.1': 10,
  'Small.2': 20,
  'Small.5': 50,
  'Middle.1': 100,
  'Middle.2': 200,
  'Middle.5': 500,
  'Large.1': 1000,
  'Large.2': 2000,
  'Large.5': 5000,
  'Xlarge.1': 10_000,
  Negative: 0,
};

/** Names that only the 2018 concept page lists (A34). */
const extra: readonly string[] = [
  ...['4', '6', '7', '8', '9'].map((n) => `Middle.${n}`),
  ...['1.1', '1.2', '1.3', '1.4', '1.5', '1.6', '1.7', '1.8', '1.9', '2.5', '3', '3.5', '4', '4.5'].map(
    (n) => `Large.${n}`,
  ),
  ...['4', '8', '10'].map((n) => `Xlarge.${n}`),
];

const unit: Readonly<Record<string, number>> = { Middle: 100, Large: 1000, Xlarge: 10_000 };

const concept: Readonly<Record<string, number>> = Object.fromEntries(
  extra.map((spec) => {
    const dot = spec.indexOf('.');
    return [spec, Math.round((unit[spec.slice(0, dot)] ?? 0) * Number(spec.slice(dot + 1)))];
  }),
);

/** Returns whether `spec` can be ordered; `withExtra` admits the names of the concept page. */
export function isSpec(spec: string, withExtra: boolean): boolean {
  return Object.hasOwn(documented, spec) || (withExtra && Object.hasOwn(concept, spec));
}

/**
 * Returns the Bandwidth that Describe* shows for `spec`, in Mbit/s (R31).
 *
 * The table says 2000 for Large.2, the recorded run 2048; `binary` extends that to every spec of 1000
 * and more. Unknown specs give 0.
 */
export function bandwidthOf(spec: string, counting: 'binary' | 'decimal'): number {
  const mbits = documented[spec] ?? concept[spec] ?? 0;
  return counting === 'binary' && mbits >= 1000 ? Math.round(mbits * 1.024) : mbits;
}
