// A driver that misbehaves on request: by its first argument from the start, or by the operation it is asked for.
// With `real` it is a proper one, by way of pop-core, that breaks down over the operation in its second argument.
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';

const [mode = 'fine', breaksOn] = process.argv.slice(2);
const say = (value) => process.stdout.write(`${typeof value === 'string' ? value : JSON.stringify(value)}\n`);
const held = [];
let settings;
let real;

function hello(message) {
  settings = message.settings;
  switch (mode) {
    case 'garbage-hello':
      return say('Welcome!');
    case 'mute':
      return undefined;
    case 'refuses':
      return say({ type: 'hello', error: 'there is no acs3 here' });
    case 'crashes-at-once':
      process.stderr.write('Traceback\nImportError: no module\n');
      return process.exit(4);
    case 'real': {
      const { accessKeyId, accessKeySecret, endpoint } = settings;
      const PopCore = createRequire(import.meta.url)('@alicloud/pop-core');
      real = new PopCore({ accessKeyId, accessKeySecret, endpoint, apiVersion: '2016-04-28' }, true);
      return say({ type: 'hello', name: 'real', version: '1' });
    }
    default:
      return say({
        type: 'hello',
        name: 'fake',
        version: '1.0',
        language: 'Node',
        ...(mode === 'side-by-side' ? { concurrency: 3 } : {}),
      });
  }
}

async function call({ id, operation, params }) {
  const fine = { id, kind: 'returned', status: 200, body: { operation, params } };
  if (operation === breaksOn) {
    process.stderr.write('panic: index out of range\n');
    process.exit(2);
  }
  if (real !== undefined) return say(await throughPopCore(id, operation, params));
  if (mode === 'side-by-side') {
    held.push(fine);
    if (held.length === 3) for (const each of held.splice(0).toReversed()) say(each);
    return undefined;
  }
  switch (operation) {
    case 'Garbage':
      return say('Exception in thread "main"');
    case 'HalfALine':
      return say('{"id":1,"kind":"retu');
    case 'WrongShape':
      return say({ id, kind: 'returned', status: 'fine' });
    case 'WrongId':
      return say({ ...fine, id: id + 7 });
    case 'Twice':
      say(fine);
      return say(fine);
    case 'Hang':
      return undefined;
    case 'Crash':
      process.stderr.write('first line\nlast line\n');
      return process.exit(3);
    case 'Inexpressible':
      return say({ id, kind: 'inexpressible', reason: 'no field for it' });
    case 'Throw':
      return say({ id, kind: 'threw', error: { class: 'E', message: 'm', code: 'Bad', status: 404 } });
    case 'Pid':
      return say({ ...fine, body: { pid: process.pid } });
    default:
      return say(fine);
  }
}

async function throughPopCore(id, operation, params) {
  try {
    const [body, { response }] = await real.request(operation, params);
    return { id, kind: 'returned', status: response.statusCode, body };
  } catch ({ message, code, data, entry }) {
    const status = entry?.response.statusCode;
    return { id, kind: 'threw', error: { class: 'Error', message, code, status, data } };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.type === 'hello') hello(message);
  else if (message.type === 'call') await call(message);
  else if (message.type === 'bye' && mode !== 'clings') process.exit(0);
}
if (mode === 'clings') setInterval(() => {}, 1000);
