import { curlFunctions } from './curl-functions.ts';
import { lanesScript } from './curl-lanes.ts';
import { rawFunctions, rawWords } from './curl-raw.ts';
import type { DivergenceRecord, ProgramLine } from './record.ts';
import { safe } from './safe-text.ts';

export interface CurlOptions {
  /** Base URL that is called unless TARGET says otherwise. */
  readonly target: string;
  /** How to get such a target, in a sentence, where that can be said. */
  readonly hint?: string | undefined;
  /** Where VPCs are made when no routers are given. */
  readonly regionId: string;
}

const reference = /^([a-z]+)#(\d+)$/;

/** A word of bash that stands for exactly `text`. */
function quote(text: string): string {
  return /^[\w.:/@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** `ri#1` is the variable `ri1`. */
const variable = (ref: string): string => ref.replace('#', '');

function pair(name: string, value: string): string {
  return reference.test(value) ? `${quote(name)}="$${variable(value)}"` : quote(`${name}=${value}`);
}

/** The names that a program uses, in order of first use. */
function namesIn(program: readonly ProgramLine[]): string[] {
  const names = program.flatMap(({ args = {}, as }) => [
    ...Object.values(args).filter((value) => reference.test(value)),
    ...(as === undefined ? [] : [as]),
  ]);
  return [...new Set(names)];
}

const numberOf = (ref: string): string => reference.exec(ref)?.[2] ?? '';
const kindOf = (ref: string): string => reference.exec(ref)?.[1] ?? '';

/** The account of the credentials is not known here; most targets do not ask. */
const ownAccount = '1234567890123456';

/** An id of the right shape that does not exist: what a name stands for that is never bound. */
function unbound(ref: string): string {
  const prefix = kindOf(ref) === 'route' ? 'rte' : kindOf(ref);
  return `${prefix}-unbound${numberOf(ref).padStart(12, '0')}`;
}

/** Routers come with a VPC each, or from the environment. */
function routers(names: readonly string[], regionId: string): string[] {
  const places = names.filter((name) => ['router', 'vpc', 'table'].includes(kindOf(name))).map(numberOf);
  const numbers = [...new Set(places)].toSorted((a, b) => Number(a) - Number(b));
  return numbers.flatMap((number) => [
    `router${number}=\${ROUTER${number}:-} vpc${number}=\${VPC${number}:-} table${number}=\${TABLE${number}:-}`,
    `if [[ -z $router${number} ]]; then`,
    `  ri CreateVpc ${pair('RegionId', regionId)} CidrBlock=192.168.0.0/16 VpcName=ri-conformance`,
    `  router${number}=$(field VRouterId '') vpc${number}=$(field VpcId '') table${number}=$(field RouteTableId '') made${number}=yes`,
    'fi',
  ]);
}

function controlLine({ operation, args = {} }: ProgramLine): string {
  const { on, RouterInterfaceId = on, ...set } = args;
  const account = operation === 'account' || 'overdue' in set;
  const fields = Object.entries(set)
    .filter(([name]) => name !== 'on')
    .map(([name, value]) => {
      const json = value === 'true' || value === 'false' ? value : JSON.stringify(value);
      return `${JSON.stringify(name)}:${json}`;
    });
  if (account || RouterInterfaceId === undefined) return `control account ${quote(`{${fields.join(',')}}`)}`;
  const id = reference.test(RouterInterfaceId) ? `'"$${variable(RouterInterfaceId)}"'` : RouterInterfaceId;
  return `control interface '{${[`"routerInterfaceId":"${id}"`, ...fields].join(',')}}'`;
}

/** A word of bash, `RouterInterfaceId=ri#1` with the variable in its place. */
function wordOf(text: string): string {
  const at = text.indexOf('=');
  return at < 0 ? quote(text) : pair(text.slice(0, at), text.slice(at + 1));
}

function callLines({ operation = '', args = {}, as, wire }: ProgramLine): string[] {
  if (wire !== undefined) return [['raw', ...rawWords(operation, wire, wordOf)].join(' ')];
  const call = [
    'ri',
    quote(operation),
    ...Object.entries(args).map(([name, value]) => pair(name, value)),
  ].join(' ');
  if (as === undefined) return [call];
  const id = operation === 'CreateRouteEntry' ? 'RouteEntryId' : 'RouterInterfaceId';
  return [call, `${variable(as)}=$(field ${id} ${unbound(as)})`];
}

function step(line: ProgramLine): string[] {
  const came =
    line.answer === undefined ? '' : `  # came: ${safe(line.answer)}${line.diverges ? ' (diverges)' : ''}`;
  const lines =
    line.kind === 'settle' ? ['settle'] : line.kind === 'control' ? [controlLine(line)] : callLines(line);
  return lines.map((text, index) => (index === 0 ? text + came : text));
}

/** The program, clients that act at once in the background. */
function programLines({ counterexample, reproduction }: DivergenceRecord): string[] {
  const first = counterexample.findIndex(({ client }) => client !== undefined);
  if (first < 0) return counterexample.flatMap(step);
  const last = counterexample.findLastIndex(({ client }) => client !== undefined);
  const often =
    reproduction === undefined
      ? 'that it shows is a matter of chance.'
      : `it showed in ${reproduction.diverged} of ${reproduction.runs} runs.`;
  return [
    ...counterexample.slice(0, first).flatMap(step),
    ...lanesScript(counterexample.slice(first, last + 1), step, often),
    ...counterexample.slice(last + 1).flatMap(step),
  ];
}

/** What the program leaves; refusals along the way do no harm. */
function cleaning(names: readonly string[], regionId: string): string[] {
  const interfaces = names.filter((name) => kindOf(name) === 'ri').map((name) => `"$${variable(name)}"`);
  const region = pair('RegionId', regionId);
  const each = (operation: string): string =>
    `for id in ${interfaces.join(' ')}; do ri ${operation} ${region} RouterInterfaceId="$id"; done`;
  const routes = names.filter((name) => kindOf(name) === 'route');
  const places = names.filter((name) => ['router', 'vpc', 'table'].includes(kindOf(name))).map(numberOf);
  return [
    ...routes.map((name) => `ri DeleteRouteEntry ${region} RouteEntryId="$${variable(name)}"`),
    'settle',
    ...(interfaces.length === 0
      ? []
      : [each('DeactivateRouterInterface'), 'settle', each('DeleteRouterInterface'), 'settle']),
    ...[...new Set(places)].map(
      (number) => `[[ -z \${made${number}:-} ]] || ri DeleteVpc ${region} VpcId="$vpc${number}"`,
    ),
  ];
}

/** The part of every script that is the same: it signs and sends. `raw`: what requests of an odd form need, too. */
export function curlPrelude(raw: boolean): string {
  return [curlFunctions, ...(raw ? [rawFunctions] : [])].join('\n');
}

/** Whether a counterexample has requests of an odd form. */
export const isRaw = ({ counterexample }: DivergenceRecord): boolean =>
  counterexample.some(({ wire }) => wire !== undefined);

/**
 * Returns a counterexample as a bash script that signs its requests and sends them with curl. It makes
 * the routers it needs unless ROUTER1, ROUTER2 … name some, and deletes what it made.
 */
export function curlScript(divergence: DivergenceRecord, { target, hint, regionId }: CurlOptions): string {
  const { id, rules, operation, expected, observed, counterexample } = divergence;
  const names = namesIn(counterexample);
  const bound = new Set(counterexample.map(({ as }) => as));
  const never = names.filter((name) => ['ri', 'route'].includes(kindOf(name)) && !bound.has(name));
  const tokens = names.filter((name) => kindOf(name) === 'token');
  const lines = [
    '#!/usr/bin/env bash',
    `# ${safe(id)}: ${safe(operation)}, ${rules.map(safe).join(' ')}`,
    `# Permitted: ${safe(expected).slice(0, 500)}`,
    `# Observed:  ${safe(observed).slice(0, 500)}`,
    '#',
    '# Needs bash, curl and openssl. TARGET, CONTROL, ALIBABA_CLOUD_ACCESS_KEY_ID and _SECRET can be set;',
    '# ROUTER1, ROUTER2 … name existing routers (with TABLE1 … where a route is made), ACCOUNT the own account.',
    ...(hint === undefined ? [] : [`# ${safe(hint)}`]),
    `TARGET=\${TARGET:-${quote(target)}}`,
    'CONTROL=${CONTROL:-$TARGET/_control}',
    ': "${ALIBABA_CLOUD_ACCESS_KEY_ID:=testid}" "${ALIBABA_CLOUD_ACCESS_KEY_SECRET:=testsecret}"',
    '',
    curlPrelude(isRaw(divergence)),
    ...routers(names, regionId),
    ...never.map((name) =>
      kindOf(name) === 'account'
        ? `${variable(name)}=\${ACCOUNT:-${ownAccount}}`
        : `${variable(name)}=${unbound(name)}  # never made: does not exist`,
    ),
    ...tokens.map((name) => `${variable(name)}=ri-conformance-$(openssl rand -hex 6)`),
    '',
    '# The program.',
    ...programLines(divergence),
    '',
    '# Clean up.',
    ...cleaning(
      names.filter((name) => !never.includes(name)),
      regionId,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
