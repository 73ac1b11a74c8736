import { UsageError } from '../properties/run/errors.ts';
import type { Io } from './io.ts';
import type { GivenOptions } from './options.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Of a temporary key. */
  readonly securityToken?: string;
}

/** What emulators on one's own machine take, ours among them. */
export const testCredentials: Credentials = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };

const idVariable = 'ALIBABA_CLOUD_ACCESS_KEY_ID';
const secretVariable = 'ALIBABA_CLOUD_ACCESS_KEY_SECRET';
const tokenVariable = 'ALIBABA_CLOUD_SECURITY_TOKEN';

function isLoopback(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host)
  );
}

/**
 * Returns the access key for a target at `url`: as given, else from the environment, else the usual test
 * key where the target is on this machine; with the security token given, or that of the environment where
 * the key is from there too: a token is good for its own key only. Throws `UsageError` when there is none, or half of one.
 */
export function credentialsFor(
  url: string,
  {
    accessKeyId,
    accessKeySecret,
    securityToken,
  }: Pick<GivenOptions, 'accessKeyId' | 'accessKeySecret' | 'securityToken'>,
  env: Io['env'],
): Credentials {
  const id = accessKeyId ?? (env[idVariable] || undefined);
  const secret = accessKeySecret ?? (env[secretVariable] || undefined);
  const token =
    securityToken ?? (accessKeyId === undefined && id !== undefined ? env[tokenVariable] : undefined);
  const temporary = token === undefined || token === '' ? {} : { securityToken: token };
  if (id !== undefined && secret !== undefined) {
    return { accessKeyId: id, accessKeySecret: secret, ...temporary };
  }
  if (id !== undefined || secret !== undefined) {
    const [missing, flag, variable] =
      id === undefined
        ? ['id', '--access-key-id', idVariable]
        : ['secret', '--access-key-secret', secretVariable];
    throw new UsageError(`the access key ${missing} is missing: give ${flag} or set ${variable}.`);
  }
  if (isLoopback(url)) return { ...testCredentials, ...temporary };
  throw new UsageError(
    `no access key for ${url}: set ${idVariable} and ${secretVariable}, or give --access-key-id and ` +
      '--access-key-secret. Only for a target on this machine is there a default (testid, testsecret).',
  );
}
