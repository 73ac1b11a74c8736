/**
 * The behaviour record of a client library (`<out>/behaviour.json`): what its caller saw, as plain JSON.
 *
 * It is made to be stored and compared: names are sorted, and nothing in it changes from run to run. Fields
 * are added, never renamed.
 */
export interface BehaviourRecord {
  readonly schemaVersion: typeof behaviourSchemaVersion;
  readonly kind: 'sdk-behaviour';
  readonly client: { readonly name: string; readonly version: string };
  /** What was asked for; two records with different settings need not be alike. */
  readonly settings: BehaviourSettings;
  /** How its requests look on the wire. */
  readonly wire: Facts;
  readonly sections: Readonly<Record<SectionName, Section>>;
  /** Documented errors that the target was not brought to give, and why. */
  readonly notProvoked: readonly {
    readonly operation: string;
    readonly code: string;
    readonly reason: string;
  }[];
}

export const behaviourSchemaVersion = 1;

export interface BehaviourSettings {
  readonly seed: number;
  /** Milliseconds that the client was told to wait for an answer. */
  readonly timeoutMs: number;
  readonly signature?: 'v1' | 'acs3';
  readonly method?: 'GET' | 'POST';
}

/** What is on record of one case: `outcome`, `class`, `attempts`, … */
export type Facts = Readonly<Record<string, Fact>>;
export type Fact = string | number | boolean | readonly string[];

/** Facts by case. */
export type Section = Readonly<Record<string, Facts>>;

/** The sections and what each is about, in the order of reports. */
export const sectionTitles = {
  answers: 'Answers: what arrives of a success',
  errors: 'Errors: what arrives of a documented refusal',
  shapes: 'Bodies that are out of the ordinary',
  faults: 'Faults: what is made of a transport or a server in trouble',
  storm: 'A working day: calls in a row, faults by chance, repeated by the caller until they succeed',
} as const;
export type SectionName = keyof typeof sectionTitles;

/**
 * How much a difference matters to a program that uses the client. breaking: it catches, gets or does
 * something else than before. notable: it can be noticed, as a message or the type of a field. minor: something
 * more than before, or a side effect of the rest.
 */
export const severities = ['breaking', 'notable', 'minor'] as const;
export type Severity = (typeof severities)[number];

/** One difference between two records, with every case that shows it. */
export interface BehaviourDifference {
  readonly severity: Severity;
  /** A section, or `wire` or `settings`. */
  readonly section: string;
  /** The fact that differs, or `case` for a case that only one of the two has. */
  readonly fact: string;
  readonly before: string;
  readonly after: string;
  readonly cases: readonly string[];
}
