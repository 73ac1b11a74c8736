import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { CallCommand, Observation, Step } from '../../model/vocabulary.ts';
import type { Race } from '../sequence.ts';
import { executeLanes, repeatLanes, turnsOf } from './lanes.ts';

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
    async (command, _client, told) => {
      most = Math.max(most, (underWay += 1));
      await sleep(5);
      underWay -= 1;
      await told();
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

test('The order of a race is repeated, and what an answer tells is known from its place on and no sooner', async () => {
  const lanes = race([look('a'), look('b')], [look('c'), look('d')]);
  /** What was known when each was sent, to a client whose answers are all there at once. */
  const told = async (act: typeof executeLanes): Promise<[readonly Step[], string[]]> => {
    const idOf = ({ args: { InstanceId: id } }: CallCommand): string => (typeof id === 'string' ? id : '');
    const known: string[] = [];
    const sent: string[] = [];
    const steps = await act(lanes, async (command, client, answer) => {
      sent.push(`${idOf(command)} knows ${known.toSorted().join('')}`);
      await sleep(client * 3);
      await answer();
      known.push(idOf(command));
      return answered(command);
    });
    return [steps, sent];
  };
  const [first, knew] = await told(executeLanes);
  const order = turnsOf(first);
  expect(order).toHaveLength(4);
  const again = await told((which, perform) => repeatLanes(which, order, perform));
  expect(again).toEqual([first, knew]);
  // Everything of the second client before anything of the first.
  const other = [
    { client: 2, sent: 1, answered: 2 },
    { client: 2, sent: 3, answered: 4 },
    { client: 1, sent: 5, answered: 8 },
  ];
  const [steps, sent] = await told((which, perform) => repeatLanes(which, other, perform));
  expect(sent).toEqual(['c knows ', 'd knows c', 'a knows cd']);
  expect(turnsOf(steps)).toEqual(other);
});

test('An order of another race is told as such', async () => {
  const order = [1, 2].map((at) => ({ client: 3, sent: 2 * at, answered: 2 * at + 1 }));
  const repeated = repeatLanes(race([look('a')], [look('b')]), order, (command) =>
    Promise.resolve(answered(command)),
  );
  await expect(repeated).rejects.toThrow(/holds another race than "test": client 3/);
});
