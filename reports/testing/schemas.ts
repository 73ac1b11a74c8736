import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';

/** Published schemas as functions: each returns what is wrong with a document, nothing if it is valid. */

const text = (file: string): string => readFileSync(new URL(`schemas/${file}`, import.meta.url), 'utf8');

type Errors = (document: string) => string[];

const parsed = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

function compiled(schema: Record<string, unknown>, ...others: readonly Record<string, unknown>[]): Errors {
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false, schemas: [...others] });
  addFormats.default(ajv);
  const validate: ValidateFunction = ajv.compile(schema);
  const told = ({ instancePath, message = '' }: ErrorObject): string => `${instancePath}: ${message}`;
  return (document) => (validate(JSON.parse(document)) ? [] : (validate.errors ?? []).map(told));
}

function jsonSchema(file: string): Errors {
  // SARIF's is of draft 4, in which the name of a schema is called otherwise; nothing else in it is.
  const { id: _id, $schema: _draft, ...schema } = parsed(text(file));
  return compiled(schema);
}

export const sarifErrors = jsonSchema('sarif-2.1.0.json');
export const ctrfErrors = jsonSchema('ctrf-0.0.json');

const junit = XsdValidator.fromDoc(XmlDocument.fromString(text('junit-10.xsd')));

export function junitErrors(document: string): string[] {
  let read: XmlDocument | undefined;
  try {
    read = XmlDocument.fromString(document);
    junit.validate(read);
    return [];
  } catch (error) {
    return [String(error)];
  } finally {
    read?.dispose();
  }
}

const own = (file: string): string =>
  readFileSync(new URL(`../../${file}.schema.json`, import.meta.url), 'utf8');
const recordSchema = parsed(own('record'));

/** The names of all fields that the schema of the run record has, whatever they are fields of. */
export const recordFields: ReadonlySet<string> = new Set(fieldsIn(recordSchema));

function fieldsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {} } = schema as { readonly properties?: object };
  return [...Object.keys(properties), ...Object.values(schema).flatMap(fieldsIn)];
}

/** The schema, but that it takes no field that it does not name: so that none is left out. */
function closed(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(closed);
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  return 'properties' in schema ? { ...inner, additionalProperties: false } : inner;
}

/** Of our own schemas: the record's, and that of each line of events. */
export const recordErrors = compiled(closed(recordSchema) as Record<string, unknown>);
const lineErrors = compiled(parsed(own('events')), recordSchema);
export const eventErrors: Errors = (document) => document.split('\n').filter(Boolean).flatMap(lineErrors);
