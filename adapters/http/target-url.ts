/** The URL of a target, or of its control hooks, cannot be used. The message says why and what to do. */
export class TargetUrlError extends Error {
  override readonly name = 'TargetUrlError';
}

function refuseRealService(url: URL, what: string): void {
  const host = url.hostname.replace(/\.$/, '');
  if (host !== 'aliyuncs.com' && !host.endsWith('.aliyuncs.com')) return;
  throw new TargetUrlError(
    `the ${what} points at ${host}, the real Alibaba Cloud service: it would create resources that cost ` +
      'money and change real networks. Running against it is not supported; use an emulator.',
  );
}

/**
 * Returns the parsed URL. `what` names it in messages.
 *
 * Throws `TargetUrlError` when it is not http or https, carries credentials, a query or a fragment (keys
 * are given apart, the query is the request), or names the real, paid service.
 */
export function parseTargetUrl(text: string, what = 'target URL'): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    // `localhost:8787` parses, with `localhost:` as its scheme.
    const guess = /^[\w.-]+:\d+(\/|$)/.test(text) ? ` Did you mean http://${text} ?` : '';
    throw new TargetUrlError(
      `the ${what} ${JSON.stringify(text)} is not an http:// or https:// URL, such as http://127.0.0.1:8787.${guess}`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new TargetUrlError(
      `the ${what} contains a user name or password: leave them out, and give the access key through its own options`,
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new TargetUrlError(
      `the ${what} ${JSON.stringify(text)} has a query or a fragment: give the base URL only, the requests add their own query`,
    );
  }
  refuseRealService(url, what);
  return url;
}

/** Returns the URL as reports and messages show it, without the slash of an empty path. */
export function displayUrl(url: URL): string {
  return url.href.replace(/\/$/, '');
}
