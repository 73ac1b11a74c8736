/**
 * What the documents let a target do where they leave a choice to it, each reading with those that speak for
 * it. `value` is what a run reports as observed.
 */
export interface ChoiceReading {
  readonly value: string;
  readonly sources: readonly string[];
}

/** Readings of the choices that show in the lifecycle and in what is read, by ambiguity. */
export const readingsOfChoices: Readonly<Record<string, readonly ChoiceReading[]>> = {
  A3: [
    { value: 'Idle', sources: ['CONCEPT2018'] },
    { value: 'AcceptingConnecting', sources: ['E2016'] },
  ],
  A4: [
    { value: 'refused', sources: ['E2016', 'TF'] },
    { value: 'hangs', sources: ['E2016'] },
  ],
  A7: [
    { value: 'one', sources: ['RUN2019', 'TF'] },
    { value: 'both', sources: ['CONCEPT2018'] },
    { value: 'late', sources: ['RUN2019'] },
  ],
  A8: [
    { value: 'unchanged', sources: ['RUN2019', 'E2026'] },
    { value: 'becomes Inactive', sources: ['E2018a'] },
  ],
  A11: [
    { value: 'stays', sources: ['RUN2019', 'TF'] },
    { value: 'VBR', sources: ['E2024'] },
  ],
  A12: [
    { value: 'at once', sources: ['TF'] },
    { value: 'through Activating', sources: ['E2019', 'SDK'] },
    { value: 'through Modifying', sources: ['SDK'] },
  ],
  A32: [
    { value: 'hangs', sources: ['TF'] },
    { value: 'connects', sources: ['TF'] },
  ],
};
