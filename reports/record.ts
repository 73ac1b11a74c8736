/**
 * The run record: everything that a report needs, as plain JSON (`<out>/report.json`).
 *
 * Its shape is a promise to other programs: fields are added, never renamed. Reports render it and
 * know nothing else.
 */
export interface RunRecord {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'ri-conformance'; readonly version: string; readonly modelHash: string };
  /** Adapter and address, e.g. `http(http://127.0.0.1:8787)`. */
  readonly target: string;
  /** The client library through which the target was called, with the version that ran. */
  readonly client?: { readonly name: string; readonly version: string };
  /** Named edition, or `any`. */
  readonly edition: string;
  /** Document editions that no answer contradicted. */
  readonly editionsThatFit: readonly string[];
  readonly seed: number;
  readonly verdict: RunVerdict;
  /** When the run began, ISO 8601 in UTC. */
  readonly startedAt?: string;
  /** Which part of a campaign this is, counted from 1. */
  readonly shard?: { readonly index: number; readonly count: number };
  /** Of a part of a campaign: what putting the parts together takes. Nobody else can read it. */
  readonly shardData?: string;
  /** Why the run ended before its budget was used up, if it did. */
  readonly ended?: string;
  readonly counts: RunCounts;
  /** What came of the counterexamples of earlier runs, where there were any. */
  readonly regressions?: readonly RegressionResult[];
  readonly rules: readonly RuleResult[];
  readonly choices: readonly ChoiceResult[];
  readonly divergences: readonly DivergenceRecord[];
  /** What several clients did at once, where that suite was asked for. */
  readonly races?: RacesResult;
  readonly coverage: {
    readonly transitions: Coverage;
    readonly refusals: Coverage;
  };
  /** What was tried in which state of the interface concerned, and what came of it. */
  readonly matrix?: readonly MatrixCell[];
  /** The lifecycle chart that was tested. */
  readonly chart?: ChartRecord;
  /** How coverage grew, from the first command to the last: some tens of points. */
  readonly timeline?: readonly TimelinePoint[];
  /** What came of the list of known divergences, where there is one. */
  readonly baseline?: BaselineResult;
  readonly notTestable: readonly {
    readonly rule: string;
    readonly reason: string;
    /** What would make it testable. */
    readonly remedy?: string;
  }[];
  /** Ids of what the run made and could not delete. */
  readonly leftBehind: readonly string[];
  /** Steps that could not be judged, by reason. */
  readonly inconclusive: readonly { readonly reason: string; readonly count: number }[];
  /** What a complete suite has proved, where one ran. */
  readonly certificate?: Certificate;
  /** What a planned tour went for, where one ran. */
  readonly tour?: TourResult;
  /** What was noticed about the target while the scene was set. */
  readonly notes: readonly string[];
}

/** The guarantee of a complete suite, with all that it rests on. */
export interface Certificate {
  readonly suite: 'complete';
  /** `h`, `w`, `wp` or `hsi`. */
  readonly method: string;
  readonly extraStates: number;
  /** Whether it is given. */
  readonly holds: boolean;
  /** Why it is not. */
  readonly reason?: string;
  readonly statement: string;
  readonly assumptions: readonly string[];
  /** What the target was taken to do where the documents leave it open, as it was seen to do or as is usual. */
  readonly choices: readonly string[];
  readonly parts: readonly CertifiedPart[];
  /** Answers that were as in the machine, and those that were not although they are permitted. */
  readonly answers: { readonly expected: number; readonly otherwise: number };
  readonly machineHash: string;
}

export interface CertifiedPart {
  readonly name: string;
  readonly states: number;
  readonly inputs: number;
  readonly extraStates: number;
  readonly tests: number;
  /** With the way to where each test begins, and the clean-up. */
  readonly calls: number;
  /** Where success and refusal are both permitted: nothing is proved there. */
  readonly openCells: number;
  /** Pairs of states that no answer tells apart. */
  readonly inseparable: number;
}

export interface TourResult {
  readonly goals: number;
  readonly walks: number;
  readonly commands: number;
  readonly unreached: readonly { readonly goal: string; readonly reason: string }[];
}

/** conforms: exit code 0; diverges: 1; inconclusive: nothing could be judged, 2. */
export type RunVerdict = 'conforms' | 'diverges' | 'inconclusive';

export interface RunCounts {
  readonly sequences: number;
  /** Commands of the campaign, without set-up, clean-up and shrinking. */
  readonly commands: number;
  readonly seconds: number;
  /** Commands spent on shrinking. */
  readonly shrinkCommands: number;
  /** Checks of the protocol that were judged, where that suite ran. */
  readonly protocolChecks?: number;
}

/** Races between clients that were run, whatever came of them. */
export interface RacesResult {
  readonly runs: number;
  /** Those in which calls of different clients were under way at the same time: the others show nothing. */
  readonly overlapped: number;
  /** Some order of the calls explains what was seen; none does; it is not known. */
  readonly explained: number;
  readonly diverged: number;
  readonly undecided: number;
  readonly patterns: readonly {
    readonly name: string;
    readonly runs: number;
    readonly overlapped: number;
    readonly diverged: number;
  }[];
  /** Why there were none, if there were none. */
  readonly notRun?: string;
}

export interface RegressionResult {
  readonly id: string;
  readonly rules: readonly string[];
  readonly outcome: 'FIXED' | 'STILL DIVERGES' | 'DIVERGES DIFFERENTLY' | 'COULD NOT RUN';
  readonly explanation: string;
}

export type RuleVerdict = 'conforms' | 'diverges' | 'contested' | 'not exercised' | 'not testable';

export interface RuleResult {
  readonly id: string;
  readonly statement: string;
  readonly certainty: string;
  readonly verdict: RuleVerdict;
  /** How many judged steps rested on it. */
  readonly exercised: number;
  /** What was seen, or what is missing. */
  readonly note?: string;
  readonly sources?: readonly string[];
  /** Editions of the documents that state it. */
  readonly editions?: readonly string[];
  /** The shortest program of the run in which it was exercised and judged to hold. */
  readonly witness?: readonly ProgramLine[];
  /** The number of the sequence that it is the beginning of: the first of those that are as short. */
  readonly witnessSequence?: number;
}

export interface ChartRecord {
  /** `label`: the `Status` that Describe shows, or `none`; several states may show the same one. */
  readonly states: readonly {
    readonly name: string;
    readonly label: string;
    readonly transitional?: boolean;
  }[];
  readonly transitions: readonly ChartTransition[];
}

export interface ChartTransition {
  /** As in `coverage`. */
  readonly id: string;
  /** A state, or what several have in common: `Idle` for `Idle.free`, `any`, a lock. */
  readonly from: string;
  /** Absent where the state stays. */
  readonly to?: string;
  /** The event, with what it depends on. */
  readonly label: string;
  readonly kind: 'accept' | 'refusal' | 'replay' | 'peer' | 'internal';
  readonly rules: readonly string[];
}

export interface MatrixCell {
  readonly operation: string;
  /** Of the interface that the call is about, as the model knew it: `Idle`, `none`, or `Active or Inactive` where it did not. */
  readonly state: string;
  /** `200`, `400 IncorrectRIStatus`, `silence`, …, most frequent first. */
  readonly answers: readonly { readonly answer: string; readonly count: number }[];
}

export interface TimelinePoint {
  /** Judged commands so far. */
  readonly commands: number;
  readonly transitions: number;
  readonly refusals: number;
  readonly rules: number;
}

/** Divergences that are listed as known, against what was met. */
export interface BaselineResult {
  readonly file: string;
  readonly entries: readonly {
    /** In the file, counted from 1. */
    readonly line: number;
    /** A divergence's id or fingerprint, or a rule. */
    readonly match: string;
    readonly reason: string;
    readonly link?: string;
    readonly since?: string;
    readonly until?: string;
    /** Still diverges; conforms now; is past its date; was not met, and nothing shows that it conforms. */
    readonly outcome: 'known' | 'stale' | 'expired' | 'not exercised';
    /** Ids of the divergences that it covers. */
    readonly divergences: readonly string[];
  }[];
  /** Ids of divergences that no entry covers. */
  readonly unlisted: readonly string[];
}

export interface ChoiceResult {
  /** Ambiguity, and the rule it concerns where it concerns one: `A7`, `A13 R11`. */
  readonly id: string;
  readonly topic: string;
  /** What the documents say, and where they stop. */
  readonly text?: string;
  /** What the target did, with how often it was seen. */
  readonly observed: readonly { readonly value: string; readonly count: number }[];
  /** What the documents let it be, and where they say so. */
  readonly readings?: readonly { readonly value: string; readonly sources: readonly string[] }[];
}

export interface DivergenceRecord {
  /** Stable: the same divergence has the same id in every run. */
  readonly id: string;
  /** What the id is short for. */
  readonly fingerprint?: string;
  readonly rules: readonly string[];
  readonly operation: string;
  readonly kind: string;
  readonly expected: string;
  readonly observed: string;
  /** Each answer that was permitted instead. */
  readonly permitted?: readonly PermittedAnswer[];
  /** The last request of the program and what came back, as they went over the wire, without secrets. */
  readonly exchange?: RawExchange;
  readonly occurrences: number;
  /** The shortest program found that shows it, one entry a command, with what came back. */
  readonly counterexample: readonly ProgramLine[];
  /** False when it did not show again when its sequence ran alone. */
  readonly reproduced: boolean;
  /** Why no shorter program can show it, where that is known. */
  readonly minimal?: string;
  /** Why it was not tried whether it shows again, and the program is as long as it was found. */
  readonly notShortened?: string;
  /** Of one that takes several clients: in what order it goes well how far, and why it does not go on. */
  readonly race?: RaceRecord;
  /** Of one that does not show every time: how often it did when the program was run again. */
  readonly reproduction?: { readonly runs: number; readonly diverged: number };
  /** Other divergences that were met and that this one explains. */
  readonly consequences?: readonly Consequence[];
  /** Relative to the report. */
  readonly traceFile?: string;
  readonly sources: readonly RuleSource[];
}

export interface PermittedAnswer {
  /** `200`, or status and code: `400 IncorrectRIStatus`. */
  readonly answer: string;
  readonly message?: string;
  readonly rules: readonly string[];
  /** The ambiguity by which it is permitted, where it is one of several readings. */
  readonly choice?: string;
}

export interface RawExchange {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Headers;
    readonly body?: string;
  };
  readonly response?: { readonly status: number; readonly headers: Headers; readonly body: string };
}

type Headers = Readonly<Record<string, string>>;

/** Lines of the program are counted from 0. */
export interface RaceRecord {
  /** The longest beginning that some order explains. */
  readonly explained: readonly number[];
  /** Lines none of which can come next, each after the beginning in which it was tried. */
  readonly unexplained: readonly {
    readonly step: number;
    readonly explained: readonly number[];
    readonly expected: string;
    readonly observed: string;
  }[];
}

export interface Consequence {
  readonly kind: string;
  readonly operation: string;
  readonly rules: readonly string[];
  readonly expected: string;
  readonly observed: string;
}

export interface RuleSource {
  readonly rule: string;
  readonly statement: string;
  readonly certainty: string;
  readonly sources: readonly string[];
}

/** One command of a counterexample, readable and complete. */
export interface ProgramLine {
  /** `call`, `control` or `settle`. */
  readonly kind: string;
  readonly operation?: string;
  /** Arguments with symbolic references, e.g. `ri#1`. */
  readonly args?: Readonly<Record<string, string>>;
  /** Arguments as they were sent. */
  readonly sent?: Readonly<Record<string, string>>;
  /** Name bound to the id in the answer. */
  readonly as?: string;
  /** `200`, `400 IncorrectRIStatus`, `silence`, … */
  readonly answer?: string;
  /** How it went over the wire, where that is the point of it. */
  readonly wire?: WireLine;
  /** The body that came back, for the last line of the program. */
  readonly body?: unknown;
  readonly diverges: boolean;
  /** The client that sent it, from 1, where several act at once. */
  readonly client?: number;
  /** Counts of the call and its answer among those of all clients. */
  readonly order?: { readonly sent: number; readonly answered: number };
}

/**
 * A request with its protocol part changed. `{nonce}`, `{name}` and `{time-40}` (minutes from now) stand for
 * what they become when it is sent.
 */
export interface WireLine {
  readonly signature: string;
  readonly method: string;
  readonly format: string;
  readonly params: Readonly<Record<string, string>>;
  /** Parts of the protocol as they are signed; null: left out. */
  readonly common?: Readonly<Record<string, string | null>>;
  /** What is changed once it is signed; null: left out. */
  readonly afterwards?: Readonly<Record<string, string | null>>;
  readonly secret?: string;
  readonly inQuery?: boolean;
  readonly reversed?: boolean;
}

export interface Coverage {
  readonly covered: number;
  readonly total: number;
  /** Ids of what was not covered, with the reason where it could not be. */
  readonly missing: readonly { readonly id: string; readonly reason?: string }[];
  /** How often each of those that were covered was. */
  readonly exercised?: readonly { readonly id: string; readonly count: number }[];
}
