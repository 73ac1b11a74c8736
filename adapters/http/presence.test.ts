import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { watchPresence } from './presence.ts';

/** Answers until the test ends; returns the server and its URL. */
async function answering(listener: RequestListener, port = 0): Promise<{ server: Server; url: URL }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { server, url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/_control`) };
}

function seen(url: URL): string[] {
  const events: string[] = [];
  const presence = watchPresence(url, {
    here: () => events.push('here'),
    gone: (why) => events.push(why),
  });
  onTestFinished(() => presence.close());
  return events;
}

const within = { timeout: 5000, interval: 20 };

test('any answer is one, and another boot is a restart', async () => {
  let [boot, answered] = ['a', 0];
  const { url } = await answering((_, response) => {
    answered += 1;
    response.end(JSON.stringify({ hooks: [], boot }));
  });
  const events = seen(url);
  await expect.poll(() => answered, within).toBeGreaterThan(2);
  expect(events).toEqual(['here']);
  boot = 'b';
  await expect.poll(() => events, within).toEqual(['here', 'it says that it has started anew', 'here']);
});

test('a target that ends each connection by itself has not restarted', async () => {
  let answered = 0;
  const { url } = await answering((_, response) => {
    answered += 1;
    response.writeHead(404, { connection: 'close' }).end('no such page');
  });
  const events = seen(url);
  await expect.poll(() => answered, within).toBeGreaterThan(6);
  expect(events).toEqual(['here']);
});

test('one that ends a connection that it had kept has, however soon it is back', async () => {
  let answered = 0;
  const { server, url } = await answering((_, response) => {
    answered += 1;
    response.end('{}');
  });
  const events = seen(url);
  await expect.poll(() => answered, within).toBeGreaterThan(4);
  server.closeAllConnections();
  await expect.poll(() => events, within).toEqual(['here', 'it ended every connection', 'here']);
});
