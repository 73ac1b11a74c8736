import { expect, test } from 'vitest';
import { given } from './given.ts';

test('What has no value is left out; what is empty, zero, false or null is a value', () => {
  const values = given({
    seed: 0,
    name: '',
    quiet: false,
    link: null,
    lost: undefined as number | undefined,
  });
  expect(values).toStrictEqual({ seed: 0, name: '', quiet: false, link: null });
  expect({ lost: 1, ...given({ lost: undefined }) }).toStrictEqual({ lost: 1 });
});
