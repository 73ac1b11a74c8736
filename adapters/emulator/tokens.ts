import type { Guard, Params } from './operation.ts';

/** Returns whether two requests with one ClientToken are the same: everything but the token counts. */
export function isSameRequest(params: Params, earlier: Params): boolean {
  return canonical(params) === canonical(earlier);
}

function canonical(params: Params): string {
  const entries = Object.entries(params).filter(([name]) => name !== 'ClientToken');
  return JSON.stringify(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * R32: a token is ASCII; the limit of 64 characters is printed up to E2021 only (A16). No table names
 * a code, so the gateway's own scheme answers.
 */
export const tokenGuard: Guard = {
  name: 'token',
  kind: 'parameter',
  check: ({ params, settings }) => {
    const token = params['ClientToken'];
    if (token === undefined) return undefined;
    const limited = ['E2016', 'E2018b', 'E2019', 'E2021'].includes(settings.edition);
    // eslint-disable-next-line no-control-regex -- ASCII is what the parameter text says
    return /^[\x00-\x7f]*$/.test(token) && (!limited || token.length <= 64)
      ? undefined
      : 'InvalidClientToken';
  },
};
