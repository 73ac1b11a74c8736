import type { CallerView, Client } from '../../../adapters/client.ts';
import type { BenchEndpoint } from '../../../adapters/faults/bench.ts';
import { httpTarget } from '../../../adapters/http/http-target.ts';
import { textOf } from '../../../model/text.ts';
import type { Observation } from '../../../model/vocabulary.ts';

/** What a client may do beside sending a request and telling what came of it. */
export interface Manners {
  /** Requests in total, while a call fails without an error code. */
  readonly tries?: number;
  /** Returns the parameters to send on one try. */
  readonly send?: (params: Readonly<Record<string, string>>) => Record<string, string>;
  /** Returns what it makes of a view; that view unless given. */
  readonly tell?: (view: CallerView, operation: string) => CallerView;
  readonly timeoutMs?: number;
}

function viewOf(observation: Observation): CallerView {
  const threw = (name: string, failure: 'unreachable' | 'broken' | 'timeout' | 'unreadable'): CallerView => ({
    kind: 'threw',
    error: { class: name, isError: true, message: name, failure },
  });
  switch (observation.kind) {
    case 'unreachable':
      return threw('Unreachable', 'unreachable');
    case 'indeterminate':
      return threw('Broken', 'broken');
    case 'silence':
      return threw('Timeout', 'timeout');
    case 'inexpressible':
      return observation;
    case 'crashed':
      return { kind: 'died', how: observation.how };
    case 'answer': {
      const { status, body } = observation;
      if (body === undefined) return threw('Unreadable', 'unreadable');
      if (status < 300) return { kind: 'returned', status, body };
      return {
        kind: 'threw',
        error: {
          class: 'Refused',
          isError: true,
          message: `${textOf(body['Code'])}: ${textOf(body['Message'])}`,
          code: textOf(body['Code']),
          status,
          requestId: textOf(body['RequestId']),
          data: body,
        },
      };
    }
  }
}

/** Returns a client that tells everything that is on the wire and does nothing of its own, but for `manners`. */
export function plainClient({
  tries = 1,
  send = (params) => params,
  tell = (view) => view,
  timeoutMs = 300,
}: Manners = {}): (where: BenchEndpoint) => Promise<Client> {
  return async ({ endpoint, ...key }) => {
    const target = await httpTarget({ url: endpoint, ...key, timeoutMs, controlUrl: null });
    return {
      name: 'sdk:plain',
      version: '1',
      async call(operation, params) {
        let view: CallerView = { kind: 'hung', afterMs: 0 };
        for (let n = 1; n <= tries; n++) {
          view = viewOf(await target.call(operation, send(params)));
          if (view.kind !== 'threw' || view.error.code !== undefined) break;
        }
        return tell(view, operation);
      },
      close: () => target.close(),
    };
  };
}
