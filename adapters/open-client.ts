import { type Client, type ClientSettings, ClientSetupError } from './client.ts';
import { execClient } from './exec/exec-client.ts';
import { popCore } from './sdk/pop-core.ts';
import { vpc20160428 } from './sdk/vpc20160428.ts';

const sdks: Readonly<Record<string, (settings: ClientSettings, source?: string) => Client>> = {
  vpc20160428,
  'pop-core': popCore,
};

/** How clients are written, for messages and help. */
export const clientForms = `sdk:${Object.keys(sdks).join(', sdk:')} and exec:<command>`;

/**
 * Returns the client that `spec` names: `sdk:<name>`; `sdk:<name>=<package>` for another copy of it, by the
 * alias it is installed under or its folder (`sdk:vpc20160428=vpc-old`); `exec:<command>` for a driver.
 *
 * Rejects with `ClientSetupError`: `usage` for what does not exist, `setup` for what is not installed.
 */
export async function openClient(spec: string, settings: ClientSettings): Promise<Client> {
  if (/^exec:\s*\S/.test(spec)) return execClient(spec.slice('exec:'.length).trim(), settings);
  const [, kind, name = '', source] = /^(sdk):([^=]*)(?:=(.+))?$/s.exec(spec) ?? [];
  const open = kind === 'sdk' && Object.hasOwn(sdks, name) ? sdks[name] : undefined;
  if (open === undefined) {
    throw new ClientSetupError('usage', `unknown client ${JSON.stringify(spec)}. There are ${clientForms}.`);
  }
  const client = open(settings, source);
  return source === undefined ? client : { ...client, name: `${client.name}=${source}` };
}
