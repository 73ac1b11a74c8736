import { isIPv4, isIPv6 } from 'node:net';
import type { Params } from './operation.ts';

/**
 * Returns whether `name` is a name (R26, R64): 2 to 128 characters, a letter (Chinese included)
 * first, then letters, digits, '.', '_' and '-'. Editions differ on '.'; it is taken in all of them.
 * No other character fits, so nothing that passes can start with http://.
 */
export function isName(name: string): boolean {
  return /^\p{L}[\p{L}\p{N}._-]{1,127}$/u.test(name);
}

/** Returns whether `text` is a description (R26, R65): 2 to 256 characters, a letter first, no http(s):// prefix. */
export function isDescription(text: string): boolean {
  return text.length >= 2 && text.length <= 256 && /^\p{L}/u.test(text) && !/^https?:\/\//i.test(text);
}

/** Returns whether `address` is an IP address in the usual notation. */
export function isAddress(address: string): boolean {
  return isIPv4(address) || isIPv6(address);
}

/** Returns the number that `text` writes in digits, NaN for anything else. */
export function wholeNumber(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

/** Returns `text` as a boolean, undefined for anything else; Python clients write True and False. */
export function booleanOf(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  if (lower === 'true') return true;
  return lower === 'false' ? false : undefined;
}

/**
 * Returns what was sent for `name`; an empty value counts as nothing. Some clients send their null
 * fields as empty strings.
 */
export function sent(params: Params, name: string): string | undefined {
  const value = params[name];
  return value === '' ? undefined : value;
}

/** Returns whether a flag is set; a value that is no boolean counts as not set here. */
export function isSet(params: Params, flag: string): boolean {
  return booleanOf(params[flag] ?? '') === true;
}

/** Returns the members of a repeated parameter such as `ResourceId.1`, in the order of their numbers. */
export function listOf(params: Params, name: string): string[] {
  const found: [number, string][] = [];
  for (const [key, value] of Object.entries(params)) {
    if (!key.startsWith(`${name}.`)) continue;
    const n = wholeNumber(key.slice(name.length + 1));
    if (!Number.isNaN(n)) found.push([n, value]);
  }
  return found.toSorted(([a], [b]) => a - b).map(([, value]) => value);
}

export interface TagList {
  readonly tags: Readonly<Record<string, string>>;
  readonly count: number;
  /** A Value came without its Key. */
  readonly keyless: boolean;
  /** Some key or value breaks R27. */
  readonly malformed: boolean;
}

/**
 * Returns the tags of `{name}.N.Key` and `{name}.N.Value` with what is wrong about them (R27): keys
 * are not empty, at most 128 characters, neither keys nor values start with aliyun or acs: or contain
 * http:// or https://.
 */
export function tagsOf(params: Params, name: 'Tags' | 'Tag'): TagList | undefined {
  const keys = new Map<string, string>();
  const values = new Map<string, string>();
  const prefix = `${name}.`;
  for (const param of Object.keys(params)) {
    if (!param.startsWith(prefix)) continue;
    const [, n = '', part] = /^(\d+)\.(Key|Value)$/.exec(param.slice(prefix.length)) ?? [];
    if (part === 'Key') keys.set(n, params[param] ?? '');
    else if (part === 'Value') values.set(n, params[param] ?? '');
  }
  if (keys.size === 0 && values.size === 0) return undefined;
  const tags = Object.fromEntries([...keys].map(([n, key]) => [key, values.get(n) ?? '']));
  return {
    tags,
    count: keys.size,
    keyless: [...values.keys()].some((n) => !keys.has(n)),
    malformed: Object.entries(tags).some(
      ([key, value]) => key === '' || !isTagText(key) || !isTagText(value),
    ),
  };
}

function isTagText(text: string): boolean {
  return text.length <= 128 && !/^(aliyun|acs:)/i.test(text) && !/https?:\/\//i.test(text);
}
