import { expect, test } from 'vitest';
import { lanesScript } from './curl-lanes.ts';
import { programText } from './program.ts';
import type { ProgramLine } from './record.ts';

const call = (
  operation: string,
  args: Record<string, string>,
  rest: Partial<ProgramLine> = {},
): ProgramLine => ({ kind: 'call', operation, args, answer: '200', diverges: false, ...rest });

const program: readonly ProgramLine[] = [
  call('CreateRouterInterface', { RouterId: 'router#1', Role: 'InitiatingSide' }, { as: 'ri#1' }),
  call(
    'ConnectRouterInterface',
    { RouterInterfaceId: 'ri#1' },
    { client: 1, order: { sent: 1, answered: 4 } },
  ),
  call(
    'DeleteRouterInterface',
    { RouterInterfaceId: 'ri#1' },
    { client: 2, order: { sent: 2, answered: 3 }, diverges: true },
  ),
  { kind: 'settle', diverges: false },
];

test('Clients stand side by side, one row for each call and each answer', () => {
  const text = programText(program);
  const from = text.findIndex((line) => line.includes('Then at once:'));
  expect(text.slice(from).map((line) => line.replaceAll(/ {3,}/g, '   '))).toEqual([
    '  Then at once:',
    '   client 1   client 2',
    '   Connect(ri1)',
    '   │   Delete(ri1)',
    '   │   └ 200 diverges',
    '   └ 200',
    '  Afterwards:',
    '   wait until nothing is pending',
  ]);
  for (const line of text) expect(line.length).toBeLessThanOrEqual(100);
});

test('A script sends in the background, waits for all, and then knows what each has made', () => {
  const lines = [
    call('CreateRouterInterface', { Role: 'AcceptingSide' }, { client: 1, as: 'ri#2' }),
    call('ConnectRouterInterface', {}, { client: 2 }),
  ];
  const script = lanesScript(lines, ({ operation = '' }) => [`ri ${operation}`], 'often.').join('\n');
  expect(script.match(/\) &$/gm)).toHaveLength(2);
  expect(script).toContain(`printf 'ri2=%q\\n' "$ri2" >>"$lanes/made"`);
  expect(script.indexOf('&& wait')).toBeGreaterThan(script.lastIndexOf(') &'));
});
