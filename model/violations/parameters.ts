import { noTags } from '../world.ts';
import { conceptSpecs, specs } from '../spec/enums.ts';

/** Three-valued answer of a parameter check: the documents leave some texts open. */
export type Validity = 'valid' | 'invalid' | 'open';

const letterOrHan = /^[A-Za-z\u4e00-\u9fa5]/u;
/** What every edition allows inside a name; '.' is missing from the newer ones (A21). */
const plainName = /^[A-Za-z\u4e00-\u9fa5][A-Za-z0-9\u4e00-\u9fa5_-]*$/u;

/** Name of an interface: 2 to 128 characters, first a letter or Han character, no URL (R26, R64). */
export function nameValidity(name: string): Validity {
  if (name === '') return 'open'; // may count as not given
  if (/^https?:\/\//.test(name) || name.length < 2 || name.length > 128) return 'invalid';
  if (!letterOrHan.test(name)) return /^[0-9._-]/.test(name) ? 'invalid' : 'open';
  return plainName.test(name) ? 'valid' : 'open';
}

/** Description: 2 to 256 characters, first a letter or Han character, no URL (R26, R65). */
export function descriptionValidity(description: string): Validity {
  if (description === '') return 'open';
  if (/^https?:\/\//.test(description) || description.length < 2 || description.length > 256)
    return 'invalid';
  return letterOrHan.test(description) ? 'valid' : 'open';
}

const specNames: ReadonlySet<string> = new Set(specs.map(({ name }) => name));
const conceptNames: ReadonlySet<string> = new Set(conceptSpecs);

/** A specification: the twelve and Negative; those only on the concept page may be offered (A34). */
export function specValidity(spec: string): Validity {
  if (specNames.has(spec)) return 'valid';
  return conceptNames.has(spec) ? 'open' : 'invalid';
}

/** A dotted IPv4 address. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 && parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255)
  );
}

/** One tag key: not empty, at most 128 characters, no reserved prefix, no URL in it (R27). */
export function isTagKey(key: string): boolean {
  return key !== '' && key.length <= 128 && !/^(aliyun|acs:)/.test(key) && !/https?:\/\//.test(key);
}

const noNames: readonly string[] = [];

/** The parameters of a request that give tag keys: `Tags.1.Key`, `Tags.2.Key`, … */
export function tagKeys(args: Readonly<Record<string, string>>): readonly string[] {
  let keys: string[] | undefined;
  for (const name in args)
    if (name.startsWith('Tags.') && /^Tags\.\d+\.Key$/.test(name)) (keys ??= []).push(name);
  return keys ?? noNames;
}

/** The tags of a request, from `Tags.1.Key`, `Tags.1.Value`, …; keys without value get an empty one. */
export function tagsOf(args: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const names = tagKeys(args);
  if (names.length === 0) return noTags;
  const tags: Record<string, string> = {};
  for (const name of names) {
    tags[args[name] ?? ''] = args[name.replace(/Key$/, 'Value')] ?? '';
  }
  return tags;
}
