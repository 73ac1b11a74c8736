import type { CallerError, CallerView, Client, ClientSettings } from '../client.ts';
import { ClientSetupError } from '../client.ts';
import { nestParameters } from './nested-parameters.ts';
import { describeThrown, textOrNothing } from './node-error.ts';
import { type InstalledPackage, loadPackage, unsuitable } from './package.ts';
import { typedRequest } from './typed-request.ts';
import { hungAfterMs, withDeadline } from './with-deadline.ts';

/** What a generated method or `callApi` returns. */
interface SdkAnswer {
  readonly statusCode?: number;
  readonly body?: unknown;
}
type Method = (request: object) => Promise<SdkAnswer>;
interface VpcClient {
  readonly [method: string]: unknown;
  callApi(params: object, request: { query: object }, runtime: object): Promise<SdkAnswer>;
}
type Exports = Readonly<Record<string, unknown>> & {
  readonly default: new (config: Record<string, unknown>) => VpcClient;
};

const packageName = '@alicloud/vpc20160428';

/** What every generated method hands to `callApi`. */
const apiParams = {
  version: '2016-04-28',
  protocol: 'HTTPS', // the client's own protocol wins
  pathname: '/',
  method: 'POST',
  authType: 'AK',
  style: 'RPC',
  reqBodyType: 'formData',
  bodyType: 'json',
};

function threw(error: unknown): CallerView {
  const { code, statusCode, requestId, data } = Object(error) as Record<string, unknown>;
  const base = describeThrown(error);
  if (base.failure !== undefined || typeof data !== 'object' || data === null) {
    return { kind: 'threw', error: base };
  }
  const codeText = textOrNothing(code);
  const idText = textOrNothing(requestId);
  const told: CallerError = {
    ...base,
    ...(codeText === undefined ? {} : { code: codeText }),
    ...(typeof statusCode === 'number' ? { status: statusCode } : {}),
    ...(idText === undefined ? {} : { requestId: idText }),
    data: withoutStatus(data),
  };
  return { kind: 'threw', error: told };
}

/** Version 6 puts the HTTP status into the error body that it hands out. */
function withoutStatus(data: object): object {
  const { statusCode: _injected, ...body } = data as Record<string, unknown>;
  return body;
}

/** A typed body with the names of the wire; what `callApi` returns has them already. */
function wireBody(body: unknown): unknown {
  const { toMap } = Object(body) as { readonly toMap?: unknown };
  return typeof toMap === 'function' ? (toMap.call(body) as unknown) : body;
}

/** The core package says as much about what happens as the product's: it signs, sends and reads. */
function versions(sdk: InstalledPackage): string {
  const cores = ['@alicloud/openapi-core', '@alicloud/openapi-client'] as const;
  const used = cores.flatMap((core) => {
    const version = sdk.versionOf(core);
    return version === undefined ? [] : [`${core} ${version}, `];
  });
  return `${packageName} ${sdk.version} (${used.join('')}Node.js ${process.versions.node})`;
}

/**
 * Returns the official Node SDK of version 6 or 7: ACS3 unless told otherwise, always POST with everything
 * in the query. A call goes through the generated method of its operation and comes back through its typed
 * response; one with a parameter that the request class has no field for goes through `callApi`, on which the
 * generated methods rest: the same bytes on the wire, without the typed response.
 *
 * Throws `ClientSetupError` when it is not installed or asked for GET, which it does not have.
 */
export function vpc20160428(settings: ClientSettings, source: string = packageName): Client {
  const { endpoint, timeoutMs, signature = 'acs3', method } = settings;
  if (method === 'GET') {
    throw new ClientSetupError('usage', 'sdk:vpc20160428 sends every call by POST; it has no GET.');
  }
  const sdk = loadPackage(source, packageName);
  const exports = sdk.exports as Partial<Exports> as Exports;
  if (typeof exports.default !== 'function') {
    throw unsuitable(source, sdk, 'version 6 or 7 of @alicloud/vpc20160428');
  }
  const url = new URL(endpoint);
  const { accessKeyId, accessKeySecret, securityToken, regionId } = settings;
  const client = new exports.default({
    // Without its scheme: the SDK would take `http` for the host.
    endpoint: `${url.host}${url.pathname === '/' ? '' : url.pathname}`,
    protocol: url.protocol.slice(0, -1),
    accessKeyId,
    accessKeySecret,
    regionId,
    ...(securityToken === undefined ? {} : { securityToken }),
    ...(signature === 'v1' ? { signatureAlgorithm: 'v2' } : {}),
    // Both: one alone is capped by the other's default of three seconds.
    readTimeout: timeoutMs,
    connectTimeout: timeoutMs,
  });
  const send = (operation: string, params: Readonly<Record<string, string>>): Promise<SdkAnswer> => {
    const { nested, flat } = nestParameters(params);
    const generated = client[operation.charAt(0).toLowerCase() + operation.slice(1)];
    const request =
      Object.keys(flat).length > 0 ? undefined : typedRequest(exports[`${operation}Request`], nested);
    return typeof generated === 'function' && request !== undefined
      ? (generated as Method).call(client, request)
      : client.callApi({ ...apiParams, action: operation }, { query: { ...params } }, {});
  };
  const perform = async (
    operation: string,
    params: Readonly<Record<string, string>>,
  ): Promise<CallerView> => {
    try {
      const { statusCode, body } = await send(operation, params);
      return {
        kind: 'returned',
        ...(statusCode === undefined ? {} : { status: statusCode }),
        body: wireBody(body),
      };
    } catch (error) {
      return threw(error);
    }
  };
  return {
    name: 'sdk:vpc20160428',
    version: versions(sdk),
    call: (operation, params) => withDeadline(perform(operation, params), hungAfterMs(timeoutMs)),
    close: () => Promise.resolve(),
  };
}
