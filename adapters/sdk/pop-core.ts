import type { CallerView, Client, ClientSettings } from '../client.ts';
import { ClientSetupError } from '../client.ts';
import { nestParameters } from './nested-parameters.ts';
import { describeThrown, textOrNothing } from './node-error.ts';
import { loadPackage, unsuitable } from './package.ts';
import { hungAfterMs, withDeadline } from './with-deadline.ts';

/** The part of `@alicloud/pop-core` that is used. With `verbose` an answer comes with its exchange. */
interface PopCore {
  new (config: Record<string, unknown>, verbose: true): PopClient;
}
interface PopClient {
  request(
    action: string,
    params: object,
    options: object,
  ): Promise<readonly [body: unknown, entry: { readonly response: { readonly statusCode?: number } }]>;
}

const packageName = '@alicloud/pop-core';

function threw(error: unknown): CallerView {
  const { code, data, entry } = Object(error) as {
    readonly code?: unknown;
    readonly data?: { readonly RequestId?: unknown };
    readonly entry?: { readonly response?: { readonly statusCode?: unknown } };
  };
  const base = describeThrown(error);
  if (base.failure !== undefined || data === undefined) return { kind: 'threw', error: base };
  const status = entry?.response?.statusCode;
  const text = textOrNothing(code);
  const requestId = textOrNothing(data.RequestId);
  return {
    kind: 'threw',
    error: {
      ...base,
      ...(text === undefined ? {} : { code: text }),
      ...(typeof status === 'number' ? { status } : {}),
      ...(requestId === undefined ? {} : { requestId }),
      data,
    },
  };
}

/**
 * Returns the older official Node SDK: signature version 1.0, GET unless told otherwise, parameters as they
 * are given. Throws `ClientSetupError` when it is not installed, or asked for ACS3, which it does not have.
 */
export function popCore(settings: ClientSettings, source: string = packageName): Client {
  const { endpoint, accessKeyId, accessKeySecret, securityToken, timeoutMs, signature, method } = settings;
  if (signature === 'acs3') {
    throw new ClientSetupError('usage', 'sdk:pop-core signs with version 1.0 (v1) only; it has no ACS3.');
  }
  const sdk = loadPackage(source, packageName);
  if (typeof sdk.exports !== 'function') throw unsuitable(source, sdk, 'version 1 of @alicloud/pop-core');
  const PopClass = sdk.exports as PopCore;
  const client = new PopClass(
    {
      endpoint,
      apiVersion: '2016-04-28',
      accessKeyId,
      accessKeySecret,
      ...(securityToken === undefined ? {} : { securityToken }),
      // `formatParams` would make the first letter of every name a capital: a misspelt name must arrive as it is.
      opts: { timeout: timeoutMs, formatParams: false, ...(method === undefined ? {} : { method }) },
    },
    true,
  );
  const perform = async (
    operation: string,
    params: Readonly<Record<string, string>>,
  ): Promise<CallerView> => {
    const { nested, flat } = nestParameters(params);
    try {
      const [body, { response }] = await client.request(operation, { ...nested, ...flat }, {});
      return {
        kind: 'returned',
        ...(response.statusCode === undefined ? {} : { status: response.statusCode }),
        body,
      };
    } catch (error) {
      return threw(error);
    }
  };
  return {
    name: 'sdk:pop-core',
    version: `${packageName} ${sdk.version} (Node.js ${process.versions.node})`,
    call: (operation, params) => withDeadline(perform(operation, params), hungAfterMs(timeoutMs)),
    close: () => Promise.resolve(),
  };
}
