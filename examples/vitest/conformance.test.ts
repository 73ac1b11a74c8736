import { conformance } from 'ri-conformance';
import { startEmulator } from 'ri-conformance/adapters';
import { afterAll } from 'vitest';

// Start what is to be judged. Here it is the emulator of the package, with a defect if DEFECT names one.
const mutant = process.env.DEFECT;
const server = await startEmulator({ clock: 'manual', ...(mutant ? { mutant } : {}) });
afterAll(() => server.close());

// One test for each rule of the API. Everything else is in conformance.config.ts.
await conformance({ target: server.url });
