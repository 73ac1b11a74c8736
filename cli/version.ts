export { version } from '../properties/tool-version.ts';
