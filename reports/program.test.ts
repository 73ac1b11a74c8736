import { expect, test } from 'vitest';
import { programText } from './program.ts';
import type { ProgramLine } from './record.ts';
import { columns } from './safe-text.ts';
import { sampleProgram } from './testing/sample-record.ts';

const call = (operation: string, args: Record<string, string>, answer = '200'): ProgramLine => ({
  kind: 'call',
  operation,
  args,
  answer,
  diverges: false,
});

test('binds names, aligns answers and says which line diverges', () => {
  const lines = programText(sampleProgram);
  expect(lines.join('\n')).toMatch(/^ {4}ri1 = CreateRouterInterface\(Role=InitiatingSide, /m);
  expect(lines.at(-1)).toMatch(/^ {10}ConnectRouterInterface\(ri1\) +200 +diverges$/);
  expect(lines.filter((line) => line.endsWith('diverges'))).toHaveLength(1);
  expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(100);
});

test('says once what all calls share, and that a call lacks it', () => {
  const text = programText(sampleProgram).join('\n');
  expect(text.match(/RegionId=cn-hangzhou/g)).toHaveLength(2);
  expect(text).toContain('ConnectRouterInterface(ri9, no RegionId)');
});

test('shows a value that differs from the shared one', () => {
  const text = programText([
    call('DeleteRouterInterface', { RegionId: 'cn-hangzhou', RouterInterfaceId: 'ri#1' }),
    call('DeleteRouterInterface', { RegionId: 'cn-hangzhou', RouterInterfaceId: 'ri#1' }),
    call('DeleteRouterInterface', { RegionId: 'cn-beijing', RouterInterfaceId: 'ri#1' }),
  ]).join('\n');
  expect(text).toContain('DeleteRouterInterface(ri1, RegionId=cn-beijing)');
});

test('quotes values with blanks or quotes in them', () => {
  expect(programText(sampleProgram).join('\n')).toContain(String.raw`Name="edge \"1\" 键"`);
});

test('shows control commands and waiting as such', () => {
  const text = programText(sampleProgram).join('\n');
  expect(text).toMatch(/control interface\(ri1, businessStatus=FinancialLocked,/);
  expect(text).toContain('wait until nothing is pending');
});

test('leaves out verdicts for a program that was not judged', () => {
  expect(programText(sampleProgram, { verdicts: false }).join('\n')).not.toMatch(/conforms|diverges/);
});

test('keeps to its width with an argument of any length', () => {
  const lines = programText([
    call('ModifyRouterInterfaceAttribute', { Name: 'x'.repeat(500) }, 'y'.repeat(500)),
  ]);
  expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(100);
});
