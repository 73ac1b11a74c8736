import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { CallerView } from '../../adapters/client.ts';
import { benches, type OpenBench } from '../../adapters/faults/bench.ts';
import { faultCatalogue } from '../../adapters/faults/catalogue.ts';
import { openClient } from '../../adapters/open-client.ts';
import type { Facts } from '../../reports/behaviour.ts';
import { measureFault } from './faults.ts';
import { measureShapes } from './shapes.ts';
import { region } from './situations.ts';
import { measureStorm } from './storm.ts';
import { type Manners, plainClient } from './testing/plain-client.ts';

const faults = faultCatalogue(1500);
let opened = 0;
afterEach(() => {
  opened = 0;
});

function openerOf(manners: Manners): OpenBench {
  const open = plainClient(manners);
  return benches((where) => {
    opened += 1;
    return open(where);
  }, 1);
}

async function measure(id: string, manners: Manners): Promise<Facts> {
  const fault = faults.find(({ name }) => id.startsWith(`${name} / `));
  if (fault === undefined) throw new Error(`no fault ${id}`);
  return (await measureFault(openerOf(manners), fault))[id] ?? {};
}

/** Forgets the caller's token: every try is another request to the service. */
let tokens = 0;
const ownTokens: Manners = {
  tries: 3,
  send: (params) => ({ ...params, ClientToken: `own-${(tokens += 1)}` }),
};
const lost: CallerView = { kind: 'died', how: 'exit code 139' };

test('a client that retries is counted, and its caller need not repeat', async () => {
  const retrying = { tries: 3 };
  expect(await measure('reset-before-effect / create', retrying)).toMatchObject({
    outcome: 'returned',
    attempts: 2,
    interfaces: 1,
  });
  expect(await measure('reset-after-effect / create', retrying)).toMatchObject({
    attempts: 2,
    interfaces: 1,
  });
  expect(await measure('empty-body-503 / list', retrying)).toMatchObject({ outcome: 'threw', attempts: 3 });
});

test('a client that retries under a token of its own makes two interfaces', async () => {
  expect(await measure('reset-after-effect / create', ownTokens)).toMatchObject({
    attempts: 2,
    interfaces: 2,
  });
  expect(await measure('reset-before-effect / create', ownTokens)).toMatchObject({ interfaces: 1 });
});

test('a client that drops the token makes two when its caller repeats', async () => {
  const dropping: Manners = {
    send: ({ ClientToken: _, ...rest }) => rest,
  };
  expect(await measure('internal-error-500-after-effect / create', dropping)).toMatchObject({
    interfaces: 1,
    againOutcome: 'has its interface',
    againInterfaces: 2,
  });
});

test('a client that dies is put on record and replaced', async () => {
  const dying: Manners = {
    tell: (view) => (view.kind === 'threw' && view.error.failure === 'unreadable' ? lost : view),
  };
  expect(await measure('truncated-json / create', dying)).toMatchObject({
    outcome: 'died',
    how: 'exit code 139',
    interfaces: 1,
    againOutcome: 'has its interface',
    againInterfaces: 1,
  });
  expect(opened).toBe(3); // one to begin with, one after the create, one after the list
});

test('a client that is lost every time is given up, and what is left is put on record at once', async () => {
  let calls = 0;
  const gone: Manners = { tell: () => ((calls += 1), lost) };
  const bench = await openerOf(gone)();
  try {
    const shapes = Object.values(await measureShapes(bench));
    expect(calls).toBe(5);
    expect(shapes.filter(({ outcome }) => outcome === 'died')).toHaveLength(5);
    expect(shapes.filter(({ outcome }) => outcome === 'gone')).toHaveLength(shapes.length - 5);
  } finally {
    await bench.close();
  }
});

test('a driver of another language that breaks down is on record, and the rest is measured', async () => {
  const driver = new URL('../../adapters/exec/testing/fake-driver.mjs', import.meta.url);
  const command = `exec:"${process.execPath}" "${fileURLToPath(driver)}" real CreateRouterInterface`;
  const openBench = benches(
    (where) => openClient(command, { ...where, regionId: region, timeoutMs: 2000 }),
    1,
  );
  const throttled = faults.find(({ name }) => name === 'throttling-400');
  expect(throttled && (await measureFault(openBench, throttled))).toMatchObject({
    'throttling-400 / create': {
      outcome: 'died',
      how: expect.stringContaining('panic: index out of range') as unknown,
      attempts: 0,
      interfaces: 0,
      againOutcome: 'died',
    },
    'throttling-400 / list': { outcome: 'threw', code: 'as on the wire', attempts: 1 },
  });
});

test('a client that hangs is put on record, and what it sent is counted', async () => {
  const hanging: Manners = {
    tell: (view) =>
      view.kind === 'threw' && view.error.failure === 'timeout' ? { kind: 'hung', afterMs: 9 } : view,
  };
  const facts = await measure('late-answer / list', hanging);
  expect(facts).toEqual({ outcome: 'hung', attempts: 1 });
});

test('a client that says it has an interface where it has none is not believed', async () => {
  const cheerful: Manners = {
    tell: (view) => (view.kind === 'threw' ? { kind: 'returned', status: 200, body: {} } : view),
  };
  expect(await measure('html-502 / create', cheerful)).toMatchObject({
    outcome: 'returned',
    body: 'made of something that is no JSON',
    interfaces: 0,
    againOutcome: 'has its interface',
    againInterfaces: 1,
  });
});

test('the working day finds what is doubled, given up and hung', async () => {
  const day = async (manners: Manners): Promise<Facts> => {
    const bench = await openerOf(manners)();
    try {
      return await measureStorm(bench, faults, 1);
    } finally {
      await bench.close();
    }
  };
  expect(Number((await day(ownTokens))['doubled'])).toBeGreaterThan(0);
  const deaf: Manners = { tell: () => lost };
  expect(await day(deaf)).toMatchObject({ gaveUp: 20, hung: 140 });
});
