import * as z from 'zod';
import type { RunRecord } from '../reports/record.ts';
import { explain, FileError, parseJson } from './counterexample.ts';

const text = z.string();
const texts = z.array(text);
const count = z.number().min(0);
const words = z.record(text, text);
const lines = <T extends z.ZodType>(each: T) => z.array(each);

const coverage = z.looseObject({
  covered: count,
  total: count,
  missing: lines(z.looseObject({ id: text, reason: text.exactOptional() })),
});

const wire = z.looseObject({
  signature: text,
  method: text,
  format: text,
  params: words,
  common: z.record(text, text.nullable()).exactOptional(),
  afterwards: z.record(text, text.nullable()).exactOptional(),
  secret: text.exactOptional(),
  inQuery: z.boolean().exactOptional(),
  reversed: z.boolean().exactOptional(),
});

const programLine = z.looseObject({
  kind: text,
  operation: text.exactOptional(),
  args: words.exactOptional(),
  sent: words.exactOptional(),
  as: text.exactOptional(),
  answer: text.exactOptional(),
  wire: wire.exactOptional(),
  body: z.unknown().optional(),
  diverges: z.boolean(),
  client: count.exactOptional(),
  order: z.looseObject({ sent: count, answered: count }).exactOptional(),
});
const program = lines(programLine);

const divergence = z.looseObject({
  id: text,
  fingerprint: text.exactOptional(),
  rules: texts,
  operation: text,
  kind: text,
  expected: text,
  observed: text,
  permitted: lines(
    z.looseObject({
      answer: text,
      message: text.exactOptional(),
      rules: texts,
      choice: text.exactOptional(),
    }),
  ).exactOptional(),
  exchange: z
    .looseObject({
      request: z.looseObject({ method: text, url: text, headers: words, body: text.exactOptional() }),
      response: z.looseObject({ status: z.number(), headers: words, body: text }).exactOptional(),
    })
    .exactOptional(),
  occurrences: count,
  counterexample: program,
  reproduced: z.boolean(),
  minimal: text.exactOptional(),
  notShortened: text.exactOptional(),
  race: z
    .looseObject({
      explained: lines(count),
      unexplained: lines(
        z.looseObject({ step: count, explained: lines(count), expected: text, observed: text }),
      ),
    })
    .exactOptional(),
  reproduction: z.looseObject({ runs: count, diverged: count }).exactOptional(),
  consequences: lines(
    z.looseObject({ kind: text, operation: text, rules: texts, expected: text, observed: text }),
  ).exactOptional(),
  traceFile: text.exactOptional(),
  sources: lines(z.looseObject({ rule: text, statement: text, certainty: text, sources: texts })),
});

const rule = z.looseObject({
  id: text,
  statement: text,
  certainty: text,
  verdict: z.enum(['conforms', 'diverges', 'contested', 'not exercised', 'not testable']),
  exercised: count,
  note: text.exactOptional(),
  sources: texts.exactOptional(),
  editions: texts.exactOptional(),
  witness: program.exactOptional(),
  witnessSequence: count.exactOptional(),
});

const races = z.looseObject({
  runs: count,
  overlapped: count,
  explained: count,
  diverged: count,
  undecided: count,
  patterns: lines(z.looseObject({ name: text, runs: count, overlapped: count, diverged: count })),
  notRun: text.exactOptional(),
});

const chart = z.looseObject({
  states: lines(z.looseObject({ name: text, label: text, transitional: z.boolean().exactOptional() })),
  transitions: lines(
    z.looseObject({
      id: text,
      from: text,
      to: text.exactOptional(),
      label: text,
      kind: z.enum(['accept', 'refusal', 'replay', 'peer', 'internal']),
      rules: texts,
    }),
  ),
});

const baseline = z.looseObject({
  file: text,
  entries: lines(
    z.looseObject({
      line: count,
      match: text,
      reason: text,
      link: text.exactOptional(),
      since: text.exactOptional(),
      until: text.exactOptional(),
      outcome: z.enum(['known', 'stale', 'expired', 'not exercised']),
      divergences: texts,
    }),
  ),
  unlisted: texts,
});

const certificate = z.looseObject({
  suite: z.literal('complete'),
  method: text,
  extraStates: count,
  holds: z.boolean(),
  reason: text.exactOptional(),
  statement: text,
  assumptions: texts,
  choices: texts,
  parts: lines(
    z.looseObject({
      name: text,
      states: count,
      inputs: count,
      extraStates: count,
      tests: count,
      calls: count,
      openCells: count,
      inseparable: count,
    }),
  ),
  answers: z.looseObject({ expected: count, otherwise: count }),
  machineHash: text,
});

const schemaVersion = 1;

/** Fields that a later version adds are let pass: reports of this one do not look at them. */
const schema = z.looseObject({
  schemaVersion: z.literal(schemaVersion),
  tool: z.looseObject({ name: z.literal('ri-conformance'), version: text, modelHash: text }),
  target: text,
  client: z.looseObject({ name: text, version: text }).exactOptional(),
  edition: text,
  editionsThatFit: texts,
  seed: z.number(),
  verdict: z.enum(['conforms', 'diverges', 'inconclusive']),
  startedAt: z.iso.datetime({ offset: true }).exactOptional(),
  shard: z.looseObject({ index: count, count }).exactOptional(),
  ended: text.exactOptional(),
  counts: z.looseObject({
    sequences: count,
    commands: count,
    seconds: count,
    shrinkCommands: count,
    protocolChecks: count.exactOptional(),
  }),
  regressions: lines(
    z.looseObject({
      id: text,
      rules: texts,
      outcome: z.enum(['FIXED', 'STILL DIVERGES', 'DIVERGES DIFFERENTLY', 'COULD NOT RUN']),
      explanation: text,
    }),
  ).exactOptional(),
  rules: lines(rule),
  choices: lines(
    z.looseObject({
      id: text,
      topic: text,
      observed: lines(z.looseObject({ value: text, count })),
      readings: lines(z.looseObject({ value: text, sources: texts })).exactOptional(),
    }),
  ),
  divergences: lines(divergence),
  races: races.exactOptional(),
  coverage: z.looseObject({ transitions: coverage, refusals: coverage }),
  chart: chart.exactOptional(),
  matrix: lines(
    z.looseObject({
      operation: text,
      state: text,
      answers: lines(z.looseObject({ answer: text, count })),
    }),
  ).exactOptional(),
  timeline: lines(
    z.looseObject({ commands: count, transitions: count, refusals: count, rules: count }),
  ).exactOptional(),
  baseline: baseline.exactOptional(),
  notTestable: lines(z.looseObject({ rule: text, reason: text, remedy: text.exactOptional() })),
  leftBehind: texts,
  inconclusive: lines(z.looseObject({ reason: text, count })),
  certificate: certificate.exactOptional(),
  tour: z
    .looseObject({
      goals: count,
      walks: count,
      commands: count,
      unreached: lines(z.looseObject({ goal: text, reason: text })),
    })
    .exactOptional(),
  notes: texts,
});

/** What other files of ours are, by a field that only they have. */
const others: readonly (readonly [string, string])[] = [
  ['counterexampleVersion', 'a counterexample, for "ri-conformance replay" and "judge"'],
  ['traceVersion', 'a trace, for "ri-conformance judge"'],
  ['sections', 'a behaviour record, for "ri-conformance sdk --against"'],
  ['differences', 'what "ri-conformance compare" found'],
];

/**
 * Reads a run record, `report.json` of an output directory. Throws FileError on anything else: on a file that was
 * cut short, is of another kind or of a later version, with what it is and what to do.
 */
export function parseRecord(json: string, file: string): RunRecord {
  if (json.trim() === '')
    throw new FileError(`${file} is empty: the run that was to write it has not ended.`);
  const value = parseJson(json, file);
  const fields = Object(value) as Readonly<Record<string, unknown>>;
  const known = others.find(([name]) => Object.hasOwn(fields, name));
  const ours = Object.hasOwn(fields, 'schemaVersion') && Object.hasOwn(fields, 'verdict');
  if (!ours || known !== undefined || Array.isArray(value)) {
    const what = known === undefined ? '' : `; it is ${known[1]}`;
    throw new FileError(
      `${file} is not a run record${what}. "ri-conformance run --out DIR" writes one to DIR/report.json.`,
    );
  }
  const { schemaVersion: theirs } = fields;
  if (typeof theirs === 'number' && theirs > schemaVersion) {
    throw new FileError(
      `${file} was written by a later version of the tool: it has schema version ${theirs}, and this one reads ${schemaVersion}. Bring ri-conformance up to date.`,
    );
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw explain(parsed.error, file, 'run record of this tool');
  return parsed.data;
}
