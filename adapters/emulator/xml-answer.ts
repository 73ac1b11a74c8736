import type { WireMutant } from './mutant-wire.ts';

type Body = Readonly<Record<string, unknown>>;
type Is = (name: WireMutant) => boolean;

/**
 * Returns an answer as XML: `<Error>` or `<ActionResponse>` around the keys of the JSON body, a list as
 * its name once per member. An action that nobody knows only ever gets an error, so its name is never used.
 */
export function xmlAnswer(action: string, body: Body, is: Is = () => false): string {
  const isError = typeof body['Code'] === 'string' && !is('xml-error-as-response');
  const root = isError ? 'Error' : `${action}Response`;
  return `<?xml version="1.0" encoding="UTF-8" ?><${root}>${children(body, is)}</${root}>`;
}

function children(body: Body, is: Is): string {
  return Object.entries(body)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((each) => element(name, each, is)),
    )
    .join('');
}

function element(name: string, value: unknown, is: Is): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'object') return `<${name}>${children(value as Body, is)}</${name}>`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const shown = name === 'Status' && is('xml-status-upper-case') ? text.toUpperCase() : text;
  if (is('xml-not-escaped')) return `<${name}>${shown}</${name}>`;
  return `<${name}>${is('xml-escapes-twice') ? escape(escape(shown)) : escape(shown)}</${name}>`;
}

/** Characters that XML 1.0 cannot hold, not even as a reference; lone surrogates among them. */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

function escape(text: string): string {
  return (
    text
      .replaceAll(forbidden, '\uFFFD')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      // A parser would read a bare one as a line feed.
      .replaceAll('\r', '&#13;')
  );
}
