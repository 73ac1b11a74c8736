import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { compile } from './compile.ts';
import { printChart } from './print-chart.ts';

const tables = compile();

describe('mermaid', () => {
  const text = printChart(tables, 'mermaid');
  const lines = text.split('\n');

  test('draws each state once and every way out of it', () => {
    expect(lines.filter((line) => line.startsWith('  state ')).length).toBeGreaterThan(tables.states.length);
    expect(text).toContain('state "Idle (free)" as Idle_free');
    expect(text).toMatch(/^ {2}Active_linked --> Deactivating : .*DEACTIVATE \[R51 R53\]$/m);
    expect(text).toMatch(/^ {2}Idle_free --> Connecting_answered : CONNECT \[/m);
  });

  test('sums up refusals in one note a state, not in arrows', () => {
    const notes = lines.filter((line) => line.startsWith('  note right of '));
    expect(notes.length).toBeLessThanOrEqual(tables.states.length + 4);
    expect(text).toMatch(/note right of Deactivating\n(?: {4}.*\n)*? {4}refuses CONNECT \(R34\)/);
    expect(lines.filter((line) => line.includes('-->')).length).toBeLessThan(60);
  });

  test('has no character that Mermaid takes for syntax within a label', () => {
    for (const line of lines.filter((line) => line.includes('-->'))) {
      expect(line.replace(' : ', '')).not.toMatch(/[:;]/);
    }
  });
});

describe('dot', () => {
  const text = printChart(tables, 'dot');

  test('quotes every name and balances its braces', () => {
    expect(text.startsWith('digraph lifecycle {\n')).toBe(true);
    expect(text.endsWith('}\n')).toBe(true);
    expect(text).toMatch(/^ {2}"Idle\.free" -> "Connecting\.answered" \[label="CONNECT /m);
  });

  test('draws a status that ends by itself dashed', () => {
    expect(text).toMatch(/"Deleting" \[style="rounded,dashed"/);
    expect(text).toMatch(/"Inactive\.frozen" \[style="rounded"/);
  });
});

describe('json', () => {
  const json = z
    .object({
      hash: z.string(),
      states: z.array(z.looseObject({ name: z.string() })),
      transitions: z.array(z.looseObject({ id: z.string(), from: z.string() })),
    })
    .parse(JSON.parse(printChart(tables, 'json')));

  test('has every state and every row of the tables, and their hash', () => {
    expect(json.hash).toBe(tables.hash);
    expect(json.states.map(({ name }) => name)).toEqual(tables.states.map(({ name }) => name));
    expect(json.transitions.map(({ id }) => id)).toEqual(tables.rows.map(({ id }) => id));
  });

  test('names states instead of bits', () => {
    expect(
      json.transitions.find(({ id }) => id === 'Inactive: ACTIVATE to Activating.connected'),
    ).toMatchObject({
      from: 'Inactive',
      to: 'Activating.connected',
    });
    expect(JSON.stringify(json)).not.toMatch(/"(bit|needs)"/);
  });
});
