import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';

/** Published schemas as functions: each returns what is wrong with a document, nothing if it is valid. */

const text = (file: string): string => readFileSync(new URL(`schemas/${file}`, import.meta.url), 'utf8');

function jsonSchema(file: string): (document: string) => string[] {
  // SARIF's is of draft 4, in which the name of a schema is called otherwise; nothing else in it is.
  const { id: _id, $schema: _draft, ...schema } = JSON.parse(text(file)) as Record<string, unknown>;
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate: ValidateFunction = ajv.compile(schema);
  const told = ({ instancePath, message = '' }: ErrorObject): string => `${instancePath}: ${message}`;
  return (document) => (validate(JSON.parse(document)) ? [] : (validate.errors ?? []).map(told));
}

export const sarifErrors = jsonSchema('sarif-2.1.0.json');
export const ctrfErrors = jsonSchema('ctrf-0.0.json');

const junit = XsdValidator.fromDoc(XmlDocument.fromString(text('junit-10.xsd')));

export function junitErrors(document: string): string[] {
  let parsed: XmlDocument | undefined;
  try {
    parsed = XmlDocument.fromString(document);
    junit.validate(parsed);
    return [];
  } catch (error) {
    return [String(error)];
  } finally {
    parsed?.dispose();
  }
}
