import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ClientSetupError } from '../client.ts';
import { loadPackage } from './package.ts';
import { popCore } from './pop-core.ts';
import { vpc20160428 } from './vpc20160428.ts';

let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'ri-conformance-'));
  const file = (path: string, text: string): void => {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  };
  file(
    'node_modules/an-sdk/package.json',
    '{"version":"1.2.3","main":"lib/main.js","exports":"./lib/main.js"}',
  );
  file('node_modules/an-sdk/lib/main.js', 'module.exports = { it: "loads" };');
  file('node_modules/an-sdk/lib/package.json', '{"type":"commonjs"}');
  file('node_modules/an-sdk/node_modules/core/package.json', '{"version":"4.5.6"}');
  file('node_modules/an-sdk/node_modules/core/index.js', '');
  file('node_modules/broken/package.json', '{"version":"1.0.0"}');
  file('node_modules/broken/index.js', 'throw new Error("needs something\\nmore");');
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const places = (): string[] => [join(project, 'package.json')];

describe('loadPackage', () => {
  test("gives the user's copy, its version and that of the core it uses", () => {
    const sdk = loadPackage('an-sdk', 'an-sdk', places());
    expect(sdk.exports).toEqual({ it: 'loads' });
    expect(sdk.version).toBe('1.2.3');
    expect(sdk.versionOf('core')).toBe('4.5.6');
    expect(sdk.versionOf('none')).toBeUndefined();
  });

  test('takes a folder', () => {
    expect(loadPackage(join(project, 'node_modules/an-sdk'), 'an-sdk').version).toBe('1.2.3');
  });

  test('looks into the next place when the first has none', () => {
    const sdk = loadPackage('@alicloud/pop-core', 'x', [...places(), import.meta.url]);
    expect(sdk.version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('says which command installs what is missing', () => {
    const load = (): unknown => loadPackage('missing', '@scope/missing', places());
    expect(load).toThrow(ClientSetupError);
    expect(load).toThrow(
      /^the SDK missing is not installed\. .*: npm install --save-dev missing@npm:@scope\/missing$/,
    );
    expect(() => loadPackage('@scope/missing', '@scope/missing', places())).toThrow(
      /: npm install --save-dev @scope\/missing$/,
    );
    expect(() => loadPackage('./missing', '@scope/missing', places())).toThrow(
      /: npm install --save-dev @scope\/missing$/,
    );
  });

  test.each([
    ['sdk:pop-core', popCore],
    ['sdk:vpc20160428', vpc20160428],
  ] as const)('a package that is something else is no %s', (_, opened) => {
    const source = join(project, 'node_modules/an-sdk');
    const settings = {
      endpoint: 'http://127.0.0.1:1',
      accessKeyId: 'testid',
      accessKeySecret: 'testsecret',
      regionId: 'cn-hangzhou',
      timeoutMs: 1000,
    };
    expect(() => opened(settings, source)).toThrow(
      /an-sdk 1\.2\.3 has no client like that of version .* of @alicloud/,
    );
  });

  test('says what keeps it from loading', () => {
    expect(() => loadPackage('broken', 'broken', places())).toThrow(
      /^the SDK broken \(.*index\.js\) does not load: needs something$/,
    );
  });
});
