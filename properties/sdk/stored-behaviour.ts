import * as z from 'zod';
import { behaviourSchemaVersion, type BehaviourRecord, type Facts } from '../../reports/behaviour.ts';
import { explain, FileError, parseJson } from '../counterexample.ts';

const facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));
const section = z.record(z.string(), facts);

/** Fields that a later version adds are let pass: they say nothing that this one knows. */
const schema = z.object({
  schemaVersion: z.literal(behaviourSchemaVersion),
  kind: z.literal('sdk-behaviour'),
  client: z.object({ name: z.string(), version: z.string() }),
  settings: z.object({
    seed: z.int(),
    timeoutMs: z.int().min(1),
    signature: z.enum(['v1', 'acs3']).exactOptional(),
    method: z.enum(['GET', 'POST']).exactOptional(),
  }),
  wire: facts,
  sections: z.object({
    answers: section,
    errors: section,
    shapes: section,
    faults: section,
    storm: section,
  }),
  notProvoked: z.array(z.object({ operation: z.string(), code: z.string(), reason: z.string() })),
});

/** Reads a stored behaviour record; throws FileError on anything else, with what it is and what to do. */
export function parseBehaviour(text: string, file: string): BehaviourRecord {
  const json = parseJson(text, file);
  const { kind, schemaVersion } = Object(json) as {
    readonly kind?: unknown;
    readonly schemaVersion?: unknown;
  };
  if (kind !== 'sdk-behaviour') {
    throw new FileError(
      `${file} is not a behaviour record. "ri-conformance sdk --sdk … --out DIR" writes one to DIR/behaviour.json.`,
    );
  }
  if (schemaVersion !== behaviourSchemaVersion) {
    throw new FileError(
      `${file} has schema version ${JSON.stringify(schemaVersion)}; this version of the tool reads ${behaviourSchemaVersion}. Measure again with "ri-conformance sdk --sdk … --out DIR".`,
    );
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw explain(parsed.error, file, 'behaviour record of this tool');
  return parsed.data;
}

function oneLine(value: Facts): string {
  const entries = Object.entries(value).map(
    ([name, fact]) => `${JSON.stringify(name)}: ${JSON.stringify(fact)}`,
  );
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** Returns a record as JSON with one case a line, so that a line of a diff is a case. */
export function behaviourJson({
  sections,
  notProvoked,
  wire,
  settings,
  client,
  ...head
}: BehaviourRecord): string {
  const lines = (values: readonly string[], indent: string): string =>
    values.map((each) => `${indent}${each}`).join(',\n');
  const written = Object.entries(sections).map(([name, cases]) => {
    const each = Object.entries(cases).map(([id, seen]) => `${JSON.stringify(id)}: ${oneLine(seen)}`);
    return each.length === 0 ? `"${name}": {}` : `"${name}": {\n${lines(each, '      ')}\n    }`;
  });
  const missing = notProvoked.map((each) => oneLine(each));
  const top = [
    ...Object.entries(head).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`),
    `"client": ${oneLine(client)}`,
    `"settings": ${oneLine({ ...settings })}`,
    `"wire": ${oneLine(wire)}`,
    `"sections": {\n${lines(written, '    ')}\n  }`,
    missing.length === 0 ? '"notProvoked": []' : `"notProvoked": [\n${lines(missing, '    ')}\n  ]`,
  ];
  return `{\n${lines(top, '  ')}\n}\n`;
}
