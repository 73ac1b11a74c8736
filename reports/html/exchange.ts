import type { RawExchange, RunRecord } from '../record.ts';
import { block, markup, type Markup } from './markup.ts';

const headerLines = (headers: Readonly<Record<string, string>>): string[] =>
  Object.entries(headers).map(([name, value]) => `${name}: ${value}`);

/** A body as it came; JSON laid out, so that it can be read. */
function readable(body: string): string {
  if (!/^\s*[{[]/.test(body)) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body; // it is shown as it is
  }
}

/** Query parameters a line each: one long line cannot be read. */
function urlLines(url: string): string[] {
  const [path = '', query] = url.split('?', 2);
  if (query === undefined) return [path];
  return [path, ...query.split('&').map((pair, index) => `  ${index === 0 ? '?' : '&'}${pair}`)];
}

/** Returns why there is no raw exchange to be shown of a divergence of this run. */
export function whyNoExchange({ target, client }: RunRecord): string {
  if (target.startsWith('recording('))
    return 'not shown, because the target was a recording, which keeps what was asked and answered but not how it went over the wire.';
  if (client !== undefined)
    return `not shown, because the request was made by the client ${client.name}, which does not hand it out.`;
  if (target === 'emulator')
    return 'there is none, because the target answered within this process and not over a wire.';
  return 'not shown, because nothing was kept of how this answer went over the wire.';
}

/** The request and what came back as they went over the wire. */
export function exchangeText({ request, response }: RawExchange): Markup {
  const [first = '', ...rest] = urlLines(request.url);
  const sent = [
    `${request.method} ${first}`,
    ...rest,
    ...headerLines(request.headers),
    ...(request.body === undefined ? [] : ['', ...request.body.split('&')]),
  ];
  const came =
    response === undefined
      ? ['nothing came back']
      : [`HTTP ${response.status}`, ...headerLines(response.headers), '', readable(response.body)];
  return markup`<div class="exchange">
    <div>
      <h5>Request</h5>
      <pre><code>${block(sent.join('\n'))}</code></pre>
    </div>
    <div>
      <h5>Response</h5>
      <pre><code>${block(came.join('\n'))}</code></pre>
    </div>
  </div>`;
}
