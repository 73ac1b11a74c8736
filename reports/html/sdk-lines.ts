import type { ProgramLine } from '../record.ts';

const symbolic = /^([a-z]+)#(\d+)$/;

/** `RouterInterfaceId` is `routerInterfaceId` in the SDK. */
const camel = (name: string): string => `${name[0]?.toLowerCase() ?? ''}${name.slice(1)}`;

const plain = /^[A-Za-z]\w*$/;

function value(text: string): string {
  return symbolic.test(text) ? text.replace('#', '') : JSON.stringify(text);
}

function call({ operation = '', args = {}, as, answer, diverges }: ProgramLine): string {
  const odd = Object.keys(args).filter((name) => !plain.test(name));
  const fields = Object.entries(args)
    .filter(([name]) => plain.test(name))
    .map(([name, text]) => `${camel(name)}: ${value(text)}`)
    .join(', ');
  const request = `new ${operation}Request({${fields === '' ? '' : ` ${fields} `}})`;
  const answered =
    answer === undefined
      ? ''
      : ` // came: ${answer.replaceAll(/[\r\n\u2028\u2029]/g, ' ')}${diverges ? ' (diverges)' : ''}`;
  // The SDK throws what is refused, and the rest of the program is to run all the same.
  const refused = answer !== undefined && !/^2\d\d\b/.test(answer);
  const caught = refused ? '.catch(({ message }) => console.log(message))' : '';
  const awaited = `await client.${camel(operation)}(${request})${caught}`;
  const id = operation === 'CreateRouteEntry' ? 'routeEntryId' : 'routerInterfaceId';
  const line = as === undefined ? `${awaited};` : `const ${value(as)} = (${awaited}).body?.${id};`;
  const left =
    odd.length === 0
      ? []
      : [
          `// also sent, in the form that the wire has: ${odd.map((name) => `${name}=${JSON.stringify(args[name])}`).join(', ')}`,
        ];
  return [...left, line + answered].join('\n');
}

function controlLine({ operation, args = {} }: ProgramLine): string {
  const { on, RouterInterfaceId = on, ...set } = args;
  const hook =
    operation === 'account' || 'overdue' in set || RouterInterfaceId === undefined ? 'account' : 'interface';
  const fields = Object.entries(set).map(
    ([name, text]) => `${name}: ${/^(?:true|false)$/.test(text) ? text : value(text)}`,
  );
  const all =
    hook === 'account' ? fields : [`routerInterfaceId: ${value(RouterInterfaceId ?? '')}`, ...fields];
  return `await control('${hook}', { ${all.join(', ')} });`;
}

/** What lets everything come to rest: the clock hook of the target, or waiting. */
const settling =
  "const settle = async () => (await control('clock', { advanceMs: 61001 })).ok || (await new Promise((done) => setTimeout(done, 5000)));";

/** What the lines need before they can be run. */
function preparation(program: readonly ProgramLine[], url: string): string[] {
  const { host, protocol } = new URL(url);
  const kinds = new Set(program.map(({ kind }) => kind));
  const needsControl = kinds.has('control') || kinds.has('settle');
  const region =
    program.find(({ args }) => args?.['RegionId'] !== undefined)?.args?.['RegionId'] ?? 'cn-hangzhou';
  return [
    'const client = new (vpc.default ?? vpc)({',
    `  endpoint: ${value(host)}, protocol: '${protocol === 'https:' ? 'HTTPS' : 'HTTP'}', regionId: ${value(region)},`,
    "  accessKeyId: 'testid', accessKeySecret: 'testsecret',",
    '});',
    ...(needsControl
      ? [
          `const control = (hook, body) => fetch(${value(`${url.replace(/\/$/, '')}/_control/`)} + hook, { method: 'POST', body: JSON.stringify(body) });`,
        ]
      : []),
    ...(kinds.has('settle') ? [settling] : []),
  ];
}

/**
 * Returns a program as a module of JavaScript for the official SDK, `@alicloud/vpc20160428`, against the target at
 * `url`; undefined for one that no SDK can send, or that takes several clients at once.
 */
export function sdkLines(program: readonly ProgramLine[], url: string): string | undefined {
  const calls = program.filter(({ kind }) => kind === 'call');
  if (
    calls.length === 0 ||
    calls.some(
      ({ wire, client, operation = '' }) =>
        wire !== undefined || client !== undefined || !plain.test(operation),
    )
  )
    return undefined;
  const requests = [...new Set(calls.map(({ operation }) => `${operation}Request`))].toSorted();
  const bound = new Set(calls.map(({ as }) => as));
  const free = [
    ...new Set(
      calls.flatMap(({ args = {} }) =>
        Object.values(args).filter((text) => symbolic.test(text) && !bound.has(text)),
      ),
    ),
  ];
  return [
    `import vpc, { ${requests.join(', ')} } from '@alicloud/vpc20160428';`,
    ...preparation(program, url),
    ...free.map(
      (name) =>
        `const ${value(name)} = '…'; // ${name.startsWith('router') ? 'an existing router' : 'as you like'}`,
    ),
    '',
    ...program.map((line) => {
      if (line.kind === 'call') return call(line);
      return line.kind === 'settle' ? 'await settle();' : controlLine(line);
    }),
  ].join('\n');
}
