import { describe, expect, test } from 'vitest';
import { editions } from './editions.ts';
import type { Answer } from './emulator.ts';
import { Lab } from './testing/lab.ts';
import { violations } from './testing/violations.ts';

/** A lab that checks R44: a call that is refused changes nothing that can be seen. */
class WatchedLab extends Lab {
  watched = 0;

  override call(action: string, params: Readonly<Record<string, string>> = {}): Answer {
    const before = this.#visible();
    const answer = super.call(action, params);
    if (answer.status !== 200) {
      expect(this.#visible(), action).toBe(before);
      this.watched += 1;
    }
    return answer;
  }

  #visible(): string {
    const region = { RegionId: this.region };
    return ['DescribeRouterInterfaces', 'DescribeVpcs']
      .map((action) => JSON.stringify({ ...this.emulator.call(action, region).body, RequestId: '' }))
      .join('\n');
  }
}

describe('refusals', () => {
  test.each(violations)('%s: %s', (_, expected, attempt) => {
    expect(attempt(new Lab())).toBe(expected);
  });

  test.each(violations)('%s: refused in every edition, and nothing changes (R44)', (_, __, attempt) => {
    for (const edition of editions) {
      const lab = new WatchedLab({ edition });
      expect(attempt(lab), edition).not.toMatch(/^(200|ri-)/);
      expect(lab.watched).toBeGreaterThan(0);
    }
  });
});
