import { afterEach, describe, expect, test } from 'vitest';
import type { Control } from '../target.ts';
import { httpTarget, type HttpTarget } from './http-target.ts';
import { sendJson, startHttpServer, type LocalServer, type ReceivedRequest } from './testing/local-server.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

type Replies = Readonly<Record<string, readonly [status: number, body: unknown]>>;

/** A target with the given answers by method and path, 404 for the rest, and what it received. */
async function targetWith(
  replies: Replies,
  controlPath?: string | null,
): Promise<{ target: HttpTarget; received: ReceivedRequest[]; server: LocalServer }> {
  const received: ReceivedRequest[] = [];
  const server = await startHttpServer((request, response) => {
    received.push(request);
    const [status, body] = replies[`${request.method} ${request.path}`] ?? [404, { error: 'no such page' }];
    sendJson(response, status, body);
  });
  cleanups.push(server.close);
  const target = await httpTarget({
    url: server.url,
    accessKeyId: 'a',
    accessKeySecret: 's',
    timeoutMs: 300,
    ...(controlPath === undefined
      ? {}
      : { controlUrl: controlPath === null ? null : server.url + controlPath }),
  });
  cleanups.push(() => target.close());
  return { target, received, server };
}

function controlOf(target: HttpTarget): Control {
  if (target.control === undefined) throw new Error(target.noControl);
  return target.control;
}

const everyHook = { hooks: ['reset', 'account', 'interface', 'clock'], clock: 'manual' };

describe('discovery', () => {
  test('finds the hooks at the default URL', async () => {
    const { target } = await targetWith({ 'GET /_control': [200, everyHook] });
    const control = controlOf(target);
    expect([...control.hooks]).toEqual(everyHook.hooks);
    expect(control.clock).toBe('manual');
    expect(target.noControl).toBeUndefined();
  });

  test('finds them at another URL; the clock is real unless said otherwise, unknown hooks are passed over', async () => {
    const { target } = await targetWith(
      { 'GET /hooks/': [200, { hooks: ['reset', 'weather', 7] }] },
      '/hooks/',
    );
    const control = controlOf(target);
    expect([...control.hooks]).toEqual(['reset']);
    expect(control.clock).toBe('real');
  });

  test.each<[string, Replies, RegExp]>([
    ['404', {}, /\/_control answered HTTP 404: no such page$/],
    [
      'an API error',
      { 'GET /_control': [400, { Code: 'MissingAction' }] },
      /HTTP 400: \{"Code":"MissingAction"\}$/,
    ],
    ['no object', { 'GET /_control': [200, ['reset']] }, /HTTP 200: the body is an array/],
    ['no hooks', { 'GET /_control': [200, { hooks: [] }] }, /names no control hooks$/],
    ['no list', { 'GET /_control': [200, { hooks: 'reset' }] }, /names no control hooks$/],
  ])('%s means no control, with the reason', async (_name, replies, reason) => {
    const { target } = await targetWith(replies);
    expect(target.control).toBeUndefined();
    expect(target.noControl).toMatch(reason);
  });

  test('is not made when switched off', async () => {
    const { target, received } = await targetWith({ 'GET /_control': [200, everyHook] }, null);
    expect(target.control).toBeUndefined();
    expect(target.noControl).toBe('control hooks are switched off');
    expect(received).toEqual([]);
  });

  test('an unreachable or silent target has no control', async () => {
    const gone = await startHttpServer(() => {});
    const silent = await startHttpServer(() => {});
    cleanups.push(silent.close);
    await gone.close();
    const identity = { accessKeyId: 'a', accessKeySecret: 's', timeoutMs: 100 };
    const first = await httpTarget({ url: gone.url, ...identity });
    const second = await httpTarget({ url: silent.url, ...identity });
    cleanups.push(first.close.bind(first), second.close.bind(second));
    expect(first.noControl).toMatch(/_control cannot be reached: nothing listens there/);
    expect(second.noControl).toMatch(/_control did not answer within 100 ms$/);
  });

  test('an explicit control URL without hooks is an error', async () => {
    await expect(targetWith({}, '/hooks')).rejects.toThrow(
      /^no control hooks at the given control URL: http:.*\/hooks answered HTTP 404: no such page$/,
    );
  });
});

describe('hooks', () => {
  const ok = [200, {}] as const;

  test('send plain, unsigned JSON', async () => {
    const { target, received } = await targetWith({
      'GET /_control': [200, everyHook],
      'POST /_control/reset': ok,
      'POST /_control/account': ok,
      'POST /_control/interface': ok,
      'POST /_control/clock': ok,
    });
    const control = controlOf(target);
    await control.reset();
    await control.account({ overdue: true });
    await control.interface({ routerInterfaceId: 'ri-1', businessStatus: 'FinancialLocked' });
    await control.interface({ routerInterfaceId: 'ri-1', operationLocked: true });
    await control.advance(1500);
    expect(received.slice(1).map(({ path, body }) => [path, JSON.parse(body)])).toEqual([
      ['/_control/reset', {}],
      ['/_control/account', { overdue: true }],
      ['/_control/interface', { routerInterfaceId: 'ri-1', businessStatus: 'FinancialLocked' }],
      ['/_control/interface', { routerInterfaceId: 'ri-1', operationLocked: true }],
      ['/_control/clock', { advanceMs: 1500 }],
    ]);
    expect(received[1]?.headers['content-type']).toBe('application/json');
  });

  test('a refusal is an error that says what the target said', async () => {
    const { target } = await targetWith({
      'GET /_control': [200, everyHook],
      'POST /_control/clock': [409, { error: 'time is real here' }],
    });
    const control = controlOf(target);
    await expect(control.advance(1)).rejects.toThrow(
      /^the control hook "clock" failed: http:.*\/_control\/clock answered HTTP 409: time is real here\. .*--control none/,
    );
    await expect(control.reset()).rejects.toThrow(/answered HTTP 404: no such page\./);
    await expect(control.reset()).rejects.toMatchObject({ name: 'HookError', status: 404 });
  });

  test('a hook that does not exist is not called', async () => {
    const { target, received } = await targetWith({ 'GET /_control': [200, { hooks: ['reset'] }] });
    await expect(controlOf(target).advance(1)).rejects.toThrow(/has no control hook "clock"/);
    expect(received).toHaveLength(1);
  });

  test('a target that went away is an error', async () => {
    const { target, server } = await targetWith({ 'GET /_control': [200, everyHook] });
    await server.close();
    await expect(controlOf(target).reset()).rejects.toThrow(
      /failed: http:.*cannot be reached: nothing listens there/,
    );
  });
});
