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
  const awaited = `await client.${camel(operation)}(${request})`;
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

/**
 * Returns a program as TypeScript for the official SDK, `@alicloud/vpc20160428`; undefined for one that no SDK
 * can send, or that takes several clients at once.
 */
export function sdkLines(program: readonly ProgramLine[]): string | undefined {
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
    `import { ${requests.join(', ')} } from '@alicloud/vpc20160428';`,
    ...free.map(
      (name) =>
        `const ${value(name)} = '…'; // ${name.startsWith('router') ? 'an existing router' : 'as you like'}`,
    ),
    '',
    ...program.map((line) => {
      if (line.kind === 'call') return call(line);
      if (line.kind === 'settle') return '// wait until nothing is pending';
      const set = Object.entries(line.args ?? {}).map(([name, text]) => `${name}=${text}`);
      return `// set by the control hook ${line.operation ?? ''}: ${set.join(', ')}`;
    }),
  ].join('\n');
}
