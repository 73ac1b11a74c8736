import type { Observation } from '../model/vocabulary.ts';
import { Emulator, type EmulatorOptions } from './emulator/emulator.ts';
import { type Window, windows } from './emulator/windows.ts';
import { type Control, type Hook, HookError, type Target } from './target.ts';

const hooks: ReadonlySet<Hook> = new Set<Hook>(['reset', 'account', 'interface', 'clock']);

/**
 * Returns the reference emulator as a target in this process: no sockets, no signatures, and a clock
 * that moves only when it is told to. `window` is how long a defect that shows only when calls overlap leaves between
 * its look and its act: of different lengths unless given.
 */
export function embeddedTarget(options: EmulatorOptions = {}, window?: Window): Target {
  const emulator = new Emulator({ ...options, clock: 'manual' });
  const lets = window ?? windows(emulator.settings.seed, 'turn');
  const hook = (path: Hook, body: unknown): Promise<void> => {
    const { status, body: answer } = emulator.control('POST', `/_control/${path}`, body);
    return status === 200
      ? Promise.resolve()
      : Promise.reject(new HookError(path, `it answered HTTP ${status}: ${JSON.stringify(answer)}`, status));
  };
  const control: Control = {
    hooks,
    clock: 'manual',
    reset: () => hook('reset', {}),
    account: (set) => hook('account', set),
    interface: (set) => hook('interface', set),
    advance(ms) {
      emulator.advance(ms);
      return Promise.resolve();
    },
  };
  return {
    name: 'emulator',
    call(operation, params): Promise<Observation> {
      if (emulator.races)
        return emulator
          .arrive(operation, params, lets)
          .then(({ status, body }) => ({ kind: 'answer', status, body }));
      const { status, body } = emulator.call(operation, params);
      return Promise.resolve({ kind: 'answer', status, body });
    },
    control,
    inProcess: true,
    close: () => Promise.resolve(),
  };
}
