import * as fc from 'fast-check';
import { conceptSpecs, specs } from '../../model/spec/enums.ts';
import { type Arg, ownAccount } from '../../model/vocabulary.ts';
import type { Draw } from './draw.ts';

/** Values for parameters: valid ones, those on the boundary, and malformed ones. */

const initiatorSpecs = specs.map(({ name }) => name).filter((name) => name !== 'Negative');
export const initiatorSpec = (draw: Draw): string => (draw.chance(40) ? 'Mini.2' : draw.pick(initiatorSpecs));
export const badSpec = (draw: Draw): string => draw.pick(['Huge.1', 'mini.2', 'Mini.2 ', 'Large']);
export const conceptSpec = (draw: Draw): string => draw.pick(conceptSpecs);

const nameCharacter = fc.constantFrom(...Array.from('abcXYZ019_-路由器'));
const nameTail = fc.string({ unit: nameCharacter, minLength: 1, maxLength: 40 });
export function goodName(draw: Draw): string {
  if (draw.chance(70))
    return draw.pick(['edge', 'link-1', 'ab', 'Router_A', '路由器', `n${'x'.repeat(127)}`]);
  return `n${nameTail.generate(draw.random, undefined).value}`;
}
export const badName = (draw: Draw): string =>
  draw.pick(['a', '1abc', '_abc', 'http://abc', 'https://abc', `n${'x'.repeat(128)}`]);
/** Texts on which the editions differ or are silent: both answers are permitted. */
export const openName = (draw: Draw): string => draw.pick(['a.b', 'a b', 'é1', 'name!', '']);

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
export function goodDescription(draw: Draw): string {
  if (draw.chance(70)) return draw.pick(['A link', 'ab', '说明', `d${'x'.repeat(255)}`, 'a+b & c=d ~*']);
  return `d${text.generate(draw.random, undefined).value}`;
}
export const badDescription = (draw: Draw): string =>
  draw.pick(['d', 'http://abc', 'https://abc', `d${'x'.repeat(256)}`]);

export const unknownRegion = (draw: Draw): string => draw.pick(['cn-nowhere', 'xx-1', 'CN-HANGZHOU']);
export const unknownId = (draw: Draw): string => draw.pick(['ri-2zunknown0000000001', 'ri-0', 'nonsense']);
export const badIp = (draw: Draw): string => draw.pick(['10.0.0', '10.0.0.256', 'ten', '10.0.0.1/24']);
export const goodIp = (draw: Draw): string => draw.pick(['10.0.0.1', '192.168.1.254', '172.16.0.9']);

/** Resource groups that may or may not exist: where they do not, the creation may be refused. */
export const groups = ['rg-acfmxazb4ph6aiy', 'rg-acfmyazb4ph6aiz'];

export const tag = (draw: Draw, number: number): Record<string, string> => ({
  [`Tags.${number}.Key`]: draw.pick(['team', 'k', '键']),
  [`Tags.${number}.Value`]: draw.pick(['a', '', 'b c']),
});
export const tags = (draw: Draw): Record<string, string> => ({
  ...tag(draw, 1),
  ...(draw.chance(30) ? { 'Tags.2.Key': 'other' } : {}),
});

/** Accounts: the one that the plan's interfaces are told of, and others. */
export const owners: readonly Arg[] = [ownAccount, '1', '6543210987654321'];
