/**
 * Editions of the API reference whose error tables the emulator can speak, with their place in time
 * (years; where an edition spans some time, its middle).
 *
 * ECS2014 is the deprecated copy of the pages under the ECS product. It is still published, but its
 * spellings (IncorrectStatus together with FinancialLocked) are those of about 2022, so that is where
 * it stands when a neighbour has to be found.
 */
const editionYears = {
  E2016: 2016.7,
  E2018b: 2018.9,
  E2019: 2019.5,
  E2021: 2020.9,
  ECS2014: 2022.3,
  E2023: 2022.9,
  E2024: 2024.2,
  E2025: 2025.2,
  E2026: 2026.5,
} as const;

export type Edition = keyof typeof editionYears;

/** The editions, oldest first. */
export const editions: readonly Edition[] = Object.keys(editionYears).filter(isEdition);

function isEdition(text: string): text is Edition {
  return Object.hasOwn(editionYears, text);
}

/** One row of an error table: the editions that print it, and what they print. */
export interface Row {
  readonly editions: readonly Edition[];
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Returns `text` as an edition, E2026 when it is undefined; throws an Error naming the editions otherwise. */
export function parseEdition(text: string | undefined): Edition {
  if (text === undefined) return 'E2026';
  if (isEdition(text)) return text;
  throw new Error(`Unknown edition "${text}". The editions are: ${editions.join(', ')}.`);
}

/**
 * Returns the row that `edition` prints, or else the row of the edition nearest in time that has one.
 *
 * Rows without editions were printed by none: they carry a code that the sources only hint at, and
 * they answer only when they are alone.
 */
export function rowFor(edition: Edition, rows: readonly [Row, ...Row[]]): Row {
  let nearest: Row = rows[0];
  let distance = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    for (const printed of row.editions) {
      const away = Math.abs(editionYears[printed] - editionYears[edition]);
      if (away < distance) [nearest, distance] = [row, away];
    }
  }
  return nearest;
}
