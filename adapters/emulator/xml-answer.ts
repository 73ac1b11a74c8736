type Body = Readonly<Record<string, unknown>>;

/**
 * Returns an answer as XML: `<Error>` or `<ActionResponse>` around the keys of the JSON body, a list as
 * its name once per member. An action that nobody knows only ever gets an error, so its name is never used.
 */
export function xmlAnswer(action: string, body: Body): string {
  const root = typeof body['Code'] === 'string' ? 'Error' : `${action}Response`;
  return `<?xml version="1.0" encoding="UTF-8" ?><${root}>${children(body)}</${root}>`;
}

function children(body: Body): string {
  return Object.entries(body)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((each) => element(name, each)))
    .join('');
}

function element(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'object') return `<${name}>${children(value as Body)}</${name}>`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `<${name}>${escape(text)}</${name}>`;
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
