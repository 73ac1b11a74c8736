import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { CallCommand, Observation, Step } from '../../model/vocabulary.ts';
import type { Race } from '../sequence.ts';
import { executeLanes } from './lanes.ts';

const look = (InstanceId: string): CallCommand => ({
  kind: 'call',
  operation: 'DescribeRouterInterfaceAttribute',
  args: { InstanceId },
});
const race = (...lanes: readonly (readonly CallCommand[])[]): Race => ({
  pattern: 'test',
  lanes,
  after: [],
  jitter: 1,
});
const answered = (
  command: CallCommand,
  observation: Observation = { kind: 'answer', status: 200 },
): Step => ({
  command,
  observation,
  start: 0,
  end: 0,
});

test('Clients send at the same time, each one thing after another, and every call and answer is counted', async () => {
  let underWay = 0;
  let most = 0;
  const steps = await executeLanes(
    race([look('a'), look('b')], [look('c'), look('d')], [look('e')]),
    async (command) => {
      most = Math.max(most, (underWay += 1));
      await sleep(5);
      underWay -= 1;
      return answered(command);
    },
  );
  expect(most).toBeGreaterThan(1);
  const orders = steps.map(({ order }) => order ?? { sent: 0, answered: 0 });
  expect(orders.flatMap(({ sent, answered: at }) => [sent, at]).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 10 }, (_, index) => index + 1),
  );
  expect(orders.map(({ sent }) => sent)).toEqual(orders.map(({ sent }) => sent).toSorted((a, b) => a - b));
  for (const client of [1, 2]) {
    const [first, second] = steps.filter((step) => step.client === client);
    expect(first?.order?.answered).toBeLessThan(second?.order?.sent ?? 0);
  }
});

test('A client that gets no answer sends no more; the others go on', async () => {
  const steps = await executeLanes(race([look('a'), look('b')], [look('c'), look('d')]), (command) =>
    Promise.resolve(
      answered(command, command.args['InstanceId'] === 'a' ? { kind: 'silence', afterMs: 1 } : undefined),
    ),
  );
  const sent = steps.map(({ command }) => (command.kind === 'call' ? command.args['InstanceId'] : ''));
  expect(sent).toHaveLength(3);
  expect(new Set(sent)).toEqual(new Set(['a', 'c', 'd']));
});

test('A fault of the harness comes out once every client has come to its end', async () => {
  let ended = false;
  const running = executeLanes(race([look('a')], [look('b')]), async (command) => {
    if (command.args['InstanceId'] === 'a') throw new Error('a fault');
    await sleep(10);
    ended = true;
    return answered(command);
  });
  await expect(running).rejects.toThrow('a fault');
  expect(ended).toBe(true);
});
