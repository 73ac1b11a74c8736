import { part } from './part.ts';

await part('2/2');
