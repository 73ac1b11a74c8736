import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../../adapters/embedded.ts';
import { startEmulator } from '../../adapters/emulator/serve.ts';
import { httpTarget } from '../../adapters/http/http-target.ts';
import { realTimes, regionId, sceneOn } from '../testing/campaigns.ts';
import { altered, answer, bodyOf, refusal } from '../testing/targets.ts';
import { SetupError } from './errors.ts';

const unreachable = { kind: 'unreachable', cause: 'connect ECONNREFUSED 127.0.0.1:1' } as const;

/** The error with which no scene can be set. */
async function failureOf(setting: Promise<unknown>): Promise<SetupError> {
  const error: unknown = await setting.then(
    () => new Error('The scene was set.'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SetupError);
  return error as SetupError;
}

describe('No scene can be set', () => {
  test.each<readonly [string, Parameters<typeof altered>[1], RegExp]>([
    ['the target is not there', () => unreachable, /^connect ECONNREFUSED 127\.0\.0\.1:1$/],
    [
      'the target is silent',
      () => ({ kind: 'silence', afterMs: 10 }),
      /DescribeRegions was not answered within 10 ms/,
    ],
    ['the connection breaks', () => ({ kind: 'indeterminate', cause: 'reset' }), /DescribeRegions: reset/],
    [
      'the target speaks no JSON',
      () => ({ kind: 'answer', status: 502, defect: '<html>' }),
      /HTTP 502 <html>/,
    ],
    [
      'the access key is unknown',
      () => refusal('InvalidAccessKeyId.NotFound', 404),
      /does not know the access key id: give --access-key-id or ALIBABA_CLOUD_ACCESS_KEY_ID/,
    ],
    [
      'the secret is wrong',
      () => refusal('SignatureDoesNotMatch', 400, 'Not so; server string to sign is:GET'),
      /Not so; +The access key secret is wrong: give --access-key-secret or ALIBABA_CLOUD_ACCESS_KEY_SECRET/,
    ],
    [
      'the regions are no list',
      () => answer({ Regions: {} }),
      /does not know the region "cn-hangzhou"; it lists none/,
    ],
    [
      'VPCs are not offered',
      (operation) => (operation === 'CreateVpc' ? refusal('InvalidAction.NotFound', 404) : undefined),
      /Two routers are needed: let the target offer CreateVpc, or name existing ones/,
    ],
    [
      'interfaces cannot be listed',
      (operation) => (operation === 'DescribeRouterInterfaces' ? refusal('InternalError', 500) : undefined),
      /Interfaces cannot be listed.*DescribeRouterInterfaces was answered HTTP 500 InternalError/,
    ],
    [
      'the list has another shape',
      (operation) => (operation === 'DescribeRouterInterfaces' ? answer({ Interfaces: [] }) : undefined),
      /answers without RouterInterfaceSet\.RouterInterfaceType/,
    ],
  ])('when %s', async (_when, change, message) => {
    const target = altered({}, change);
    expect((await failureOf(sceneOn(target))).message).toMatch(message);
  });

  test('when the region is unknown, and the message lists those that are known', async () => {
    const { message } = await failureOf(sceneOn(embeddedTarget(), { regionId: 'cn-nowhere' }));
    expect(message).toMatch(/does not know the region "cn-nowhere"; it lists .*cn-hangzhou.*--region/);
  });

  test('when fewer than two VPCs can be made, and the one that was is deleted', async () => {
    const target = embeddedTarget({ vpcsPerRegion: 1 });
    expect((await failureOf(sceneOn(target))).message).toMatch(/QuotaExceeded.*Two routers are needed/);
    expect(bodyOf(await target.call('DescribeVpcs', { RegionId: regionId }))['TotalCount']).toBe(0);
  });

  test('when only one router is given', async () => {
    const { routers } = await sceneOn(embeddedTarget());
    const { message } = await failureOf(sceneOn(embeddedTarget(), { routers: routers.slice(0, 1) }));
    expect(message).toBe('At least two routers are needed to connect anything; 1 given.');
  });

  test('when the given routers are not empty', async () => {
    const target = embeddedTarget();
    const { routers } = await sceneOn(target, { maxRouters: 2 });
    const made = await target.call('CreateRouterInterface', {
      RegionId: regionId,
      Role: 'AcceptingSide',
      Spec: 'Negative',
      RouterType: 'VRouter',
      RouterId: routers[0]?.id ?? '',
      OppositeRegionId: regionId,
    });
    const { message } = await failureOf(sceneOn(target, { routers }));
    expect(message).toContain(
      `The given routers are not empty: ${String(bodyOf(made)['RouterInterfaceId'])}.`,
    );
  });

  test('when a VPC never becomes available', async () => {
    const stop = new AbortController();
    const target = altered({}, (operation) => {
      if (operation !== 'DescribeVpcAttribute') return undefined;
      stop.abort();
      return answer({ Status: 'Pending' });
    });
    const { message } = await failureOf(sceneOn(target, { signal: stop.signal }));
    expect(message).toMatch(/^VPC vpc-\S+ did not become Available: Pending\.$/);
  });

  test('when what set-up made on given routers cannot be deleted', async () => {
    const owner = embeddedTarget();
    const { routers } = await sceneOn(owner, { maxRouters: 2 });
    const target = {
      ...owner,
      call: (operation: string, params: Readonly<Record<string, string>>) =>
        operation === 'DeleteRouterInterface'
          ? Promise.resolve(refusal('Busy'))
          : owner.call(operation, params),
    };
    const { message } = await failureOf(sceneOn(target, { routers }));
    expect(message).toMatch(/cannot be deleted, and no clean ones are left/);
  });

  test('over HTTP: with a wrong secret, an unknown key, and nobody there', async () => {
    const served = await startEmulator();
    const times = realTimes;
    const messageWith = async (accessKeyId: string, accessKeySecret: string): Promise<string> => {
      const target = await httpTarget({ url: served.url, accessKeyId, accessKeySecret });
      return failureOf(sceneOn(target, { times }))
        .then(({ message }) => message)
        .finally(() => target.close());
    };
    expect(await messageWith('testid', 'wrong')).toMatch(/The access key secret is wrong/);
    expect(await messageWith('nobody', 'testsecret')).toMatch(/does not know the access key id/);
    await served.close();
    expect(await messageWith('testid', 'testsecret')).toMatch(/refused/i);
  });
});
