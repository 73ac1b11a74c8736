/** What carries calls to a target, the port that an adapter of one's own implements, and the emulator. */
export type { CallerView, Client, ClientSettings } from './client.ts';
export { clientTarget, type ClientTargetOptions } from './client-target.ts';
export { embeddedTarget } from './embedded.ts';
export type { EmulatorOptions } from './emulator/emulator.ts';
export { type RunningEmulator, type ServeOptions, startEmulator } from './emulator/serve.ts';
export { httpTarget, type HttpTarget, type HttpTargetOptions } from './http/http-target.ts';
export { CannotAnswer, type Control, type Hook, HookError, type Target } from './target.ts';
