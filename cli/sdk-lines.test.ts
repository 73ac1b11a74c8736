import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { httpTarget, startEmulator } from '../adapters/index.ts';
import { sdkLines } from '../reports/html/sdk-lines.ts';
import type { ProgramLine } from '../reports/record.ts';

const RegionId = 'cn-hangzhou';
const common = { RegionId, OppositeRegionId: RegionId, RouterType: 'VRouter' };
const call = (operation: string, args: Record<string, string>, answer: string, as?: string): ProgramLine => ({
  kind: 'call',
  operation,
  args,
  answer,
  diverges: false,
  ...(as === undefined ? {} : { as }),
});

/** With each kind of line that there is, and refusals before the end. */
const program: readonly ProgramLine[] = [
  call(
    'CreateRouterInterface',
    { ...common, Role: 'InitiatingSide', Spec: 'Mini.2', RouterId: 'router#1', Name: 'edge-1' },
    '200',
    'ri#1',
  ),
  call(
    'ConnectRouterInterface',
    { RegionId, RouterInterfaceId: 'ri#9' },
    '404 InvalidRouterInterfaceId.NotFound',
  ),
  call(
    'ConnectRouterInterface',
    { RegionId, RouterInterfaceId: 'ri#1' },
    '400 IncorrectOppositeInterfaceInfo.NotSet',
  ),
  { kind: 'settle', diverges: false },
  {
    kind: 'control',
    operation: 'interface',
    args: { RouterInterfaceId: 'ri#1', businessStatus: 'FinancialLocked', operationLocked: 'true' },
    diverges: false,
  },
  call('DescribeRouterInterfaces', { RegionId, 'Filter.1.Key': 'Name', 'Filter.1.Value.1': 'x' }, '200'),
];

test('the lines of a page for the SDK run as they are, but for what has to be filled in', async () => {
  const server = await startEmulator({ clock: 'manual' });
  const target = await httpTarget({ url: server.url, accessKeyId: 'testid', accessKeySecret: 'testsecret' });
  const folder = await mkdtemp(join(tmpdir(), 'ri-sdk-lines-'));
  try {
    const vpc = await target.call('CreateVpc', { RegionId, CidrBlock: '192.168.0.0/16' });
    const router = vpc.kind === 'answer' ? (vpc.body as { VRouterId?: string }).VRouterId : undefined;
    expect(router).toMatch(/^vrt-/);
    const lines = sdkLines(program, server.url) ?? '';
    expect(lines).toContain(`const router1 = '…'; // an existing router`);
    const filled = lines
      .replace(`router1 = '…'`, `router1 = '${router}'`)
      .replace(`ri9 = '…'`, `ri9 = 'ri-none'`);
    await symlink(fileURLToPath(new URL('../node_modules', import.meta.url)), join(folder, 'node_modules'));
    await writeFile(join(folder, 'lines.mjs'), filled);
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'lines.mjs')]);
    expect(stdout.trim().split('\n')).toHaveLength(2);
    const seen = await target.call('DescribeRouterInterfaces', { RegionId });
    expect(seen).toMatchObject({
      body: {
        RouterInterfaceSet: {
          RouterInterfaceType: [{ Name: 'edge-1', BusinessStatus: 'FinancialLocked' }],
        },
      },
    });
  } finally {
    await rm(folder, { recursive: true });
    await target.close();
    await server.close();
  }
});
