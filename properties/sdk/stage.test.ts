import { afterEach, expect, test } from 'vitest';
import { type Bench, benches } from '../../adapters/faults/bench.ts';
import type { Target } from '../../adapters/target.ts';
import { SetupError } from '../run/errors.ts';
import { create, linked, named, on, region } from './situations.ts';
import { bringAbout, perform, withBench } from './stage.ts';
import { plainClient } from './testing/plain-client.ts';

const openBench = benches(plainClient(), 1);
const open: Bench[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});
async function bench(): Promise<Bench> {
  const opened = await openBench();
  open.push(opened);
  return opened;
}

test('a situation is brought about from nothing, past proxy and client', async () => {
  const on = await bench();
  const first = await bringAbout(on, linked());
  expect(await first.interfaces()).toBe(2);
  const second = await bringAbout(on, [create(1, 1)]);
  expect(await second.interfaces()).toBe(1);
  expect(second.bindings.resolve(named('ri', 1))).toMatch(/^ri-/);
  expect(on.proxy.attempts).toEqual([]);
  await second.clear();
  expect(await second.interfaces()).toBe(0);
});

test('a situation that cannot be had says which command was refused', async () => {
  const refused = bringAbout(await bench(), [on('ConnectRouterInterface', 1)]);
  await expect(refused).rejects.toThrow(SetupError);
  await expect(refused).rejects.toThrow(
    'ConnectRouterInterface came to 404 InvalidRouterInterfaceId.NotFound',
  );
});

test('a target that goes away while the scene is set says so', async () => {
  const real = await bench();
  const leaving: Target = {
    ...real.target,
    control: real.target.control!,
    call: (operation, params) =>
      operation === 'CreateRouterInterface'
        ? Promise.resolve({ kind: 'unreachable', cause: 'gone' })
        : real.target.call(operation, params),
    close: () => Promise.resolve(),
  };
  await expect(bringAbout({ ...real, target: leaving }, [create(1, 1)])).rejects.toThrow(
    'CreateRouterInterface came to unreachable',
  );
});

test('a target without control hooks will not do', async () => {
  const real = await bench();
  const { control: _, ...target } = real.target;
  await expect(bringAbout({ ...real, target }, [])).rejects.toThrow(/has no control hooks/);
});

test('a target that lists nothing will not do', async () => {
  const real = await bench();
  const mute: Target = {
    ...real.target,
    control: real.target.control!,
    call: (operation, params) =>
      operation === 'DescribeRouterInterfaces'
        ? Promise.resolve({ kind: 'answer', status: 200, body: {} })
        : real.target.call(operation, params),
    close: () => Promise.resolve(),
  };
  const situation = await bringAbout({ ...real, target: mute }, []);
  await expect(situation.interfaces()).rejects.toThrow(/does not list its interfaces/);
});

test('a target that the proxy cannot reach is no behaviour of the client', async () => {
  const real = await bench();
  real.proxy.turnTo('http://127.0.0.1:1');
  await expect(perform(real, 'DescribeRouterInterfaces', { RegionId: region })).rejects.toThrow(
    /The proxy could not reach the target: .*ECONNREFUSED/,
  );
});

test('a bench is closed, whatever came of the work', async () => {
  let url = '';
  await expect(
    withBench(openBench, (opened) => {
      ({ url } = opened.proxy);
      return Promise.reject(new Error('failed'));
    }),
  ).rejects.toThrow('failed');
  await expect(fetch(url)).rejects.toThrow();
});
