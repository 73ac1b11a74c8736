import { describe, expect, test } from 'vitest';
import { Evidence } from './evidence.ts';
import { inconsistencies } from './inconsistent.ts';

function behaving(...choices: readonly (readonly [string, string])[]): Evidence {
  const evidence = new Evidence();
  for (const [id, value] of choices) evidence.choice(id, value);
  return evidence;
}

describe('a target that behaves one way now and another way later', () => {
  test('is inconsistent where the choice is one for all', () => {
    const [found, ...others] = inconsistencies(behaving(['A7', 'both'], ['A7', 'both'], ['A7', 'one']));
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      id: 'inconsistent-a7',
      rules: ['R54'],
      kind: 'inconsistent',
      observed: 'both (2 times), one (1 times)',
      occurrences: 1,
      sources: [{ rule: 'R54' }],
    });
  });

  test.each([
    ['A7', 'R54'],
    ['A8', 'R60'],
    ['A11', 'R72'],
    ['A25 R84', 'R84'],
  ])('breaks %s as rule %s', (id, rule) => {
    expect(inconsistencies(behaving([id, 'x'], [id, 'y'])).map(({ rules }) => rules)).toEqual([[rule]]);
  });

  test('is fine where the choice may depend on what the model does not tell apart', () => {
    expect(
      inconsistencies(
        behaving(
          ['A3', 'Idle'],
          ['A3', 'AcceptingConnecting'],
          ['A10 R62', 'refused'],
          ['A10 R62', 'accepted'],
        ),
      ),
    ).toEqual([]);
  });
});

test('a target that always does the same is consistent', () => {
  expect(inconsistencies(behaving(['A7', 'both'], ['A7', 'both'], ['A8', 'unchanged']))).toEqual([]);
  expect(inconsistencies(new Evidence())).toEqual([]);
});
