import type { Attempt } from '../../adapters/faults/fault-proxy.ts';
import { protocolParameters } from '../../adapters/protocol-parameters.ts';
import type { Fact } from '../../reports/behaviour.ts';

function queryOf({ path }: Attempt): URLSearchParams {
  return new URLSearchParams(path.includes('?') ? path.slice(path.indexOf('?') + 1) : '');
}

function bodyOf({ body }: Attempt): URLSearchParams {
  return new URLSearchParams(body.toString('utf8'));
}

/** Returns how the parameters of a request differ from those that the caller gave: `as given`, or what differs. */
export function parametersSent(given: Readonly<Record<string, string>>, attempt: Attempt | undefined): Fact {
  if (attempt === undefined) return 'nothing was sent';
  const sent = new Map([...queryOf(attempt), ...bodyOf(attempt)]);
  const differences = [...new Set([...Object.keys(given), ...sent.keys()])]
    .filter((name) => !protocolParameters.has(name) && given[name] !== sent.get(name))
    .map((name) => {
      if (!sent.has(name)) return `${name}: not sent`;
      return `${name}: ${given[name] ?? 'not given'} -> ${sent.get(name)}`;
    });
  return differences.length === 0 ? 'as given' : differences.toSorted();
}

function whereFrom(query: boolean, body: boolean): string {
  if (query && body) return 'query and form body';
  return body ? 'form body' : 'query';
}

/** Returns how a client's requests look: what a target must understand to be used with it. */
export function wireFacts(attempt: Attempt): Record<string, Fact> {
  const { headers, method } = attempt;
  const [query, body] = [queryOf(attempt), bodyOf(attempt)];
  const scheme = headers.authorization?.split(' ')[0];
  const format = query.get('Format') ?? body.get('Format');
  const length = headers['content-length'] ?? (headers['transfer-encoding'] === undefined ? 'no' : 'chunked');
  return {
    method,
    signature:
      scheme ?? `version ${query.get('SignatureVersion') ?? body.get('SignatureVersion') ?? 'unknown'}`,
    parametersIn: whereFrom(query.size > 0, body.size > 0),
    format: format ?? 'not asked for',
    accept: headers.accept ?? 'not sent',
    acceptEncoding: headers['accept-encoding']?.toString() ?? 'not sent',
    connection: headers.connection ?? 'not sent',
    contentType: headers['content-type'] ?? 'not sent',
    bodyLength: length === 'no' ? 'not announced' : length === '0' ? 'announced as 0' : 'announced',
  };
}
