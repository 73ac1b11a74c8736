import { describe, expect, test } from 'vitest';
import { benches } from '../../adapters/faults/bench.ts';
import type { Client } from '../../adapters/client.ts';
import { compareBehaviour } from './compare-behaviour.ts';
import { measureBehaviour } from './measure.ts';
import { behaviourJson } from './stored-behaviour.ts';
import { plainClient } from './testing/plain-client.ts';

const settings = { seed: 1, timeoutMs: 300 };

describe('a client that tells everything and does nothing of its own', () => {
  const measured = measureBehaviour({ openBench: benches(plainClient(), 1), settings });

  test('gets answers as they are, and its parameters arrive', async () => {
    const { answers } = (await measured).sections;
    expect(Object.keys(answers)).toHaveLength(15);
    for (const facts of Object.values(answers)) {
      expect(facts).toMatchObject({ outcome: 'returned', body: 'as on the wire', parameters: 'as given' });
    }
  });

  test('gets refusals as they are', async () => {
    const { errors } = (await measured).sections;
    expect(Object.keys(errors).length).toBeGreaterThanOrEqual(70);
    for (const facts of Object.values(errors)) {
      expect(facts).toMatchObject({
        outcome: 'threw',
        attempts: 1,
        code: 'as on the wire',
        status: 'as on the wire',
        requestId: 'as on the wire',
        data: 'as on the wire',
      });
    }
    expect(errors['DeleteRouterInterface InvalidRouterInterfaceChargeType.Malformed']).toMatchObject({
      httpStatus: 500,
    });
    expect(errors['gateway SignatureDoesNotMatch']).toBeDefined();
  });

  test('is brought every documented error but these, each with its reason', async () => {
    const { notProvoked } = await measured;
    expect(notProvoked.map(({ operation, code }) => `${operation} ${code}`)).toEqual([
      'CreateRouterInterface InvalidPrice.NotFound',
      'CreateRouterInterface InvalidAliuid',
      'CreateRouterInterface InvalidBandwidth.NotEnough',
      'CreateRouterInterface COMMODITY.INVALID_COMPONENT',
      'CreateRouterInterface IncorrectStatus.CenStatus',
      'ConnectRouterInterface CROSS_BID.FORBIDDEN',
      'ActivateRouterInterface Forbbiden',
      'ActivateRouterInterface OperationFailed.PconnTrafficNotEnable',
      'ActivateRouterInterface NotSupportLinkrole',
      'DeactivateRouterInterface Forbbiden.InvaildOwner',
      'DeleteRouterInterface InvalidRouteTable.NotFound',
      'DeleteRouterInterface IllegalParam.InstanceOwner',
      'DeleteRouterInterface Forbbiden.InvaildOwner',
      'DeleteRouterInterface OperationConflict',
      'ModifyRouterInterfaceAttribute Forbbiden',
      'ModifyRouterInterfaceSpec InvalidInstanceOwner.Error',
      'ModifyRouterInterfaceSpec ParameterMismatch.RegionId-OppositeRegionId-Spec',
      'ModifyRouterInterfaceSpec InvalidParam.NotFound',
      'ModifyRouterInterfaceSpec InvalidOppositeRegionId.NotFound',
      'DescribeRouterInterfaces InvalidParam.NotNull',
      'DescribeRouterInterfaces EndPoint.Empty',
      'DescribeRouterInterfaces InvalidConnectionType.MalFormed',
      'DescribeRouterInterfaces InvalidProductForm.MalFormed',
      'DescribeRouterInterfaces InvalidRole.Malformed',
      'DescribeRouterInterfaces IllegalParam.AliUid',
      'DescribeRouterInterfaceAttribute InvalidParam.NotNull',
    ]);
    expect(notProvoked.every(({ reason }) => reason.length > 10)).toBe(true);
  });

  test('tries once under every fault, and a repeated create makes one interface', async () => {
    const { faults } = (await measured).sections;
    for (const [id, facts] of Object.entries(faults)) {
      expect(facts, id).toMatchObject({ attempts: 1 });
      if (!id.endsWith('create')) continue;
      expect(facts['againInterfaces'] ?? facts['interfaces'], id).toBe(1);
      const took = /after-effect|late|cut|json|empty-body \//.test(id) && !/throttling|503/.test(id);
      expect(facts['interfaces'], id).toBe(took ? 1 : 0);
    }
    expect(faults['late-answer / list']).toMatchObject({ failure: 'timeout' });
    expect(faults['reset-before-effect / list']).toMatchObject({ failure: 'broken' });
    expect(faults['json-called-html / list']).toMatchObject({ outcome: 'returned' });
    expect(faults['throttling-429 / list']).toMatchObject({
      code: 'as on the wire',
      status: 'as on the wire',
    });
  });

  test('gets through the working day', async () => {
    const { storm } = (await measured).sections;
    expect(storm['seed 1']).toMatchObject({ creates: 20, doubled: 0, gaveUp: 0, hung: 0 });
    expect(Number(storm['seed 1']?.['repeats'])).toBeGreaterThan(3);
  });

  test('has the same record when it is measured again, one scenario after the other', async () => {
    const again = await measureBehaviour({
      openBench: benches(plainClient(), 1),
      settings,
      concurrency: 1,
    });
    expect(behaviourJson(again)).toBe(behaviourJson(await measured));
    expect(compareBehaviour(await measured, again)).toEqual([]);
  });
});

test('a client that sends nothing to the address it is given cannot be measured', async () => {
  const silent: Client = {
    name: 'sdk:silent',
    version: '1',
    call: () =>
      Promise.resolve({ kind: 'threw', error: { class: 'Error', isError: true, message: 'no region' } }),
    close: () => Promise.resolve(),
  };
  const openBench = benches(() => Promise.resolve(silent), 1);
  await expect(measureBehaviour({ openBench, settings })).rejects.toThrow(
    /sdk:silent sent nothing to the address it was given \(no region\)/,
  );
});

test('what opening a client says is passed on', async () => {
  const openBench = benches(() => Promise.reject(new Error('not installed')), 1);
  await expect(measureBehaviour({ openBench, settings })).rejects.toThrow('not installed');
});

test('it stops when it is told to', async () => {
  const stop = new AbortController();
  const done: number[] = [];
  const measured = measureBehaviour({
    openBench: benches(plainClient(), 1),
    settings,
    concurrency: 1,
    signal: stop.signal,
    progress: (count) => {
      done.push(count);
      stop.abort();
    },
  });
  await expect(measured).rejects.toThrow('interrupted');
  expect(done).toEqual([1]);
});
