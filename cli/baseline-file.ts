import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isMap, isNode, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import * as z from 'zod';
import { FileError } from '../properties/counterexample.ts';
import { type Baseline, judgeBaseline, type ListedEntry, whyImpossible } from '../reports/baseline.ts';
import type { DivergenceRecord, RunRecord } from '../reports/record.ts';
import { clip } from '../reports/safe-text.ts';
import { reasonOf, systemCode } from './reason.ts';

/** The list of known divergences that is used where it is there, and nothing else is said. */
export const defaultBaseline = 'conformance-baseline.yaml';

/** What a new entry says until somebody has looked at it. */
export const notExplained = 'not yet explained';

const heading = ` Divergences that are known, with the reason: "ri-conformance run --baseline" lets them pass.
 An entry has id, fingerprint or rule, and reason; if wanted link, since and until (the last day).`;

const text = z.string({ error: 'must be text' }).min(1, { error: 'must not be empty' });
const day = z.iso.date({ error: 'must be a day, as 2026-11-23' });
const entrySchema = z.strictObject({
  id: text.exactOptional(),
  fingerprint: text.exactOptional(),
  rule: text.exactOptional(),
  reason: text,
  link: text.exactOptional(),
  since: day.exactOptional(),
  until: day.exactOptional(),
});

interface Parsed {
  readonly document: Document;
  readonly entries: readonly ListedEntry[];
}

/** Throws FileError, with the line, on anything that is no list of known divergences. */
function parse(source: string, file: string, rules: readonly string[]): Parsed {
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter, prettyErrors: false });
  const fail = (line: number, why: string): FileError => new FileError(`${file}, line ${line}: ${why}.`);
  const lineOf = (node: unknown): number =>
    isNode(node) && node.range ? counter.linePos(node.range[0]).line : 1;
  const [broken] = document.errors;
  if (broken !== undefined)
    throw fail(counter.linePos(broken.pos[0]).line, `this is not YAML: ${broken.message}`);
  const { contents } = document;
  if (contents === null) return { document, entries: [] };
  const other = isMap(contents)
    ? contents.items.find(({ key }) => String(key) !== 'known')
    : { key: contents };
  if (other !== undefined)
    throw fail(lineOf(other.key), 'a list under "known:" is wanted, and nothing beside it');
  const list = document.get('known', true);
  if (!isSeq(list)) {
    if (isNode(list) && list.toJSON() === null) return { document, entries: [] };
    throw fail(lineOf(list), '"known" must be a list of entries');
  }
  const entries = list.items.map((item) => {
    const line = lineOf(item);
    const parsed = entrySchema.safeParse(isNode(item) ? item.toJS(document) : item);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const name = issue?.path.join('.') ?? '';
      const at = isMap(item) && name !== '' ? item.get(name, true) : undefined;
      if (issue?.code === 'unrecognized_keys')
        throw fail(
          line,
          `an entry has no "${issue.keys.join('", "')}", but ${Object.keys(entrySchema.shape).join(', ')}`,
        );
      const what =
        name === ''
          ? 'an entry must have names and values'
          : `"${name}" ${at === undefined ? 'is missing' : (issue?.message ?? '')}`;
      throw fail(at === undefined ? line : lineOf(at), what);
    }
    return entryOf(parsed.data, line, (why) => fail(line, why));
  });
  for (const [index, entry] of entries.entries()) {
    const impossible = whyImpossible(entry, rules);
    if (impossible !== undefined) throw fail(entry.line, `this entry can match nothing: ${impossible}`);
    const first = entries.findIndex(({ by, match }) => by === entry.by && match === entry.match);
    if (first !== index)
      throw fail(entry.line, `${entry.match} is listed already, at line ${entries[first]?.line ?? 1}`);
  }
  return { document, entries };
}

function entryOf(
  { id, fingerprint, rule, ...rest }: z.infer<typeof entrySchema>,
  line: number,
  fail: (why: string) => FileError,
): ListedEntry {
  const named = Object.entries({ id, fingerprint, rule }).flatMap(([by, match]) =>
    match === undefined ? [] : [{ by: by as ListedEntry['by'], match }],
  );
  const [only] = named;
  if (only === undefined || named.length > 1)
    throw fail('an entry has one of "id", "fingerprint" and "rule"');
  return { line, ...only, ...rest };
}

/** A list of known divergences, as a run uses it. */
export interface OpenBaseline {
  /**
   * Returns the record with what came of the list. Where it is to be updated, puts what diverges into the file first
   * and takes out what is stale.
   */
  readonly judge: (record: RunRecord) => Promise<RunRecord>;
}

/** The day of a run; today where its record does not say. */
const dayOf = ({ startedAt }: RunRecord): string => (startedAt ?? new Date().toISOString()).slice(0, 10);

/**
 * Opens the list of known divergences: the file that is named, else the usual one in `cwd`, if it is there; `none`
 * for none. `rules` are the ids of those there are. Throws FileError, with the line, when it cannot be read or an
 * entry can match nothing. With `update` it need not be there: judging writes it.
 */
export async function openBaseline(
  named: string | undefined,
  {
    cwd,
    rules,
    update = false,
  }: { readonly cwd: string; readonly rules: readonly string[]; readonly update?: boolean | undefined },
): Promise<OpenBaseline | undefined> {
  if (named === 'none') return undefined;
  const file = named ?? defaultBaseline;
  const path = resolve(cwd, file);
  let source = '';
  try {
    source = await readFile(path, 'utf8');
  } catch (error) {
    const missing = systemCode(error) === 'ENOENT';
    if (missing && named === undefined && !update) return undefined;
    if (!(missing && update)) {
      const hint = missing ? ' --update-baseline writes it' : '';
      throw new FileError(`the list of known divergences ${file} cannot be read: ${reasonOf(error)}.${hint}`);
    }
  }
  const { entries } = parse(source, file, rules);
  const judged = (baseline: Baseline, record: RunRecord): RunRecord => ({
    ...record,
    baseline: judgeBaseline(baseline, record, dayOf(record)),
  });
  const asListed = (record: RunRecord): RunRecord => judged({ file, entries }, record);
  return {
    async judge(record) {
      if (!update) return asListed(record);
      const changed = updated(source, file, rules, asListed(record));
      if (changed !== source) await writeFile(path, changed);
      return judged({ file, entries: parse(changed, file, rules).entries }, record);
    },
  };
}

/** Returns the text of the list with what diverges and is not in it, and without what is stale. */
function updated(source: string, file: string, rules: readonly string[], record: RunRecord): string {
  const { document } = parse(source, file, rules);
  const { baseline } = record;
  const stale = new Set(
    baseline?.entries.flatMap(({ outcome }, index) => (outcome === 'stale' ? [index] : [])),
  );
  const fresh = record.divergences.filter(({ id }) => baseline?.unlisted.includes(id) === true);
  if (stale.size === 0 && fresh.length === 0 && source.trim() !== '') return source;
  if (source.trim() === '') document.commentBefore = heading;
  const list = document.get('known', true);
  if (!isSeq(list)) document.set('known', document.createNode([]));
  const known = document.get('known', true);
  if (!isSeq<Node>(known)) return source;
  known.items = known.items.filter((_, index) => !stale.has(index));
  // What stands above the first entry is kept with the list.
  if (stale.has(0)) delete known.commentBefore;
  for (const each of fresh) known.add(newEntry(document, each, dayOf(record)));
  known.flow = known.items.length === 0;
  return document.toString({ lineWidth: 0 });
}

function newEntry(document: Document, divergence: DivergenceRecord, since: string): Node {
  const { id, operation, observed, expected } = divergence;
  const node = document.createNode({ id, reason: notExplained, since });
  node.commentBefore = ` ${clip(`${operation}: ${observed}, instead of ${expected}`, 160)}`;
  return node;
}
