import { describe, expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const keys = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'an-id', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'a-secret' };
const seed = { RI_CONFORMANCE_SEED: '7' };

describe('The settings of a conformance run', () => {
  test('are the emulator, any edition and twenty thousand commands by default', () => {
    expect(readSettings(seed)).toEqual({
      target: 'emulator',
      edition: 'any',
      commands: 20_000,
      seed: 7,
      accessKeyId: 'testid',
      accessKeySecret: 'testsecret',
    });
  });

  test('come from the environment, every one of them', () => {
    expect(
      readSettings({
        ...keys,
        RI_CONFORMANCE_TARGET: 'https://vpc.example.com',
        RI_CONFORMANCE_EDITION: 'E2019',
        RI_CONFORMANCE_COMMANDS: '300',
        RI_CONFORMANCE_SEED: '0',
        RI_CONFORMANCE_CONTROL: 'https://vpc.example.com/hooks',
      }),
    ).toEqual({
      target: 'https://vpc.example.com',
      edition: 'E2019',
      commands: 300,
      seed: 0,
      controlUrl: 'https://vpc.example.com/hooks',
      accessKeyId: 'an-id',
      accessKeySecret: 'a-secret',
    });
  });

  test('take an empty variable for one that is not set', () => {
    expect(readSettings({ ...seed, RI_CONFORMANCE_TARGET: ' ', RI_CONFORMANCE_EDITION: '' })).toEqual(
      readSettings(seed),
    );
  });

  test('ask for no control hooks with none', () => {
    const env = { ...seed, RI_CONFORMANCE_TARGET: 'http://127.0.0.1:8787', RI_CONFORMANCE_CONTROL: 'none' };
    expect(readSettings(env).controlUrl).toBeNull();
  });

  test.each(['http://127.0.0.1:8787', 'http://localhost:1', 'http://[::1]:8787'])(
    'have the test key for a target on this machine: %s',
    (url) => {
      expect(readSettings({ ...seed, RI_CONFORMANCE_TARGET: url })).toMatchObject({
        accessKeyId: 'testid',
        accessKeySecret: 'testsecret',
      });
    },
  );

  test('draw a seed where none is given outside CI', () => {
    const drawn = Array.from({ length: 8 }, () => readSettings({ CI: 'false' }).seed);
    for (const each of drawn) expect(Number.isInteger(each) && each >= 0 && each < 2 ** 31).toBe(true);
    expect(new Set(drawn).size).toBeGreaterThan(1);
  });

  test('require a seed in CI', () => {
    expect(() => readSettings({ CI: 'true' })).toThrow(/RI_CONFORMANCE_SEED is not set, and in CI/);
    expect(readSettings({ CI: 'true', ...seed }).seed).toBe(7);
  });

  test.each([
    [{ RI_CONFORMANCE_TARGET: 'emulater' }, /RI_CONFORMANCE_TARGET is "emulater".*"emulator" or a URL/],
    [{ RI_CONFORMANCE_TARGET: 'ftp://x' }, /RI_CONFORMANCE_TARGET is "ftp:\/\/x".*http:\/\/ or https:\/\//],
    [{ RI_CONFORMANCE_EDITION: 'E1999' }, /RI_CONFORMANCE_EDITION is "E1999".*any, E2016, .*E2026/],
    [{ RI_CONFORMANCE_COMMANDS: '0' }, /RI_CONFORMANCE_COMMANDS is "0".*from 1 to/],
    [{ RI_CONFORMANCE_COMMANDS: 'many' }, /RI_CONFORMANCE_COMMANDS is "many".*whole number/],
    [{ RI_CONFORMANCE_SEED: '-1' }, /RI_CONFORMANCE_SEED is "-1".*from 0 to 2147483647/],
    [{ RI_CONFORMANCE_SEED: '4294967296' }, /RI_CONFORMANCE_SEED is "4294967296"/],
    [
      { RI_CONFORMANCE_TARGET: 'http://localhost:1', RI_CONFORMANCE_CONTROL: 'yes' },
      /RI_CONFORMANCE_CONTROL is "yes".*"none" or a URL/,
    ],
    [{ RI_CONFORMANCE_CONTROL: 'none' }, /RI_CONFORMANCE_CONTROL is for a target at a URL/],
    [
      { RI_CONFORMANCE_TARGET: 'https://vpc.example.com' },
      /ALIBABA_CLOUD_ACCESS_KEY_ID is not set.*not on this machine/,
    ],
    [{ ALIBABA_CLOUD_ACCESS_KEY_ID: 'an-id' }, /ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set/],
    [{ ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'a-secret' }, /ALIBABA_CLOUD_ACCESS_KEY_ID is not set/],
  ])('are refused with what is wrong and what is allowed: %j', (env, message) => {
    expect(() => readSettings({ ...seed, ...env })).toThrow(message);
  });
});
