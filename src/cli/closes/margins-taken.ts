import { Decimal } from '../../base/decimal.ts';
import type { MarginRow, Margins } from '../../reader/tables/margins.ts';

/** What is taken as margin: a rate for all rows, or for those that no line of a table fits. */
export interface MarginsTaken {
  readonly rate: Decimal | null;
  readonly table: Margins | null;
}

/** Margins as JSON, to be kept with a close. */
export function marginsText({ rate, table }: MarginsTaken): string {
  const rows = table?.rows.map((row) => ({ ...row, keys: [...row.keys], value: row.value.toFixed() }));
  return JSON.stringify({ rate: rate?.toFixed() ?? null, table: table && { ...table, rows } });
}

/** The margins in a text that `marginsText` wrote. */
export function marginsIn(text: string): MarginsTaken {
  const { rate, table } = JSON.parse(text) as StoredMargins;
  const rows = table?.rows.map(
    (row): MarginRow => ({ ...row, keys: new Map(row.keys), value: new Decimal(row.value) }),
  );
  return { rate: rate === null ? null : new Decimal(rate), table: table && { ...table, rows: rows! } };
}

interface StoredMargins {
  readonly rate: string | null;
  readonly table:
    | (Omit<Margins, 'rows'> & {
        readonly rows: readonly (Omit<MarginRow, 'keys' | 'value'> & {
          readonly keys: readonly [string, string][];
          readonly value: string;
        })[];
      })
    | null;
}

/** Whether two take the same as margin, whatever their files are called. */
export function sameMargins(one: MarginsTaken, other: MarginsTaken): boolean {
  const content = ({ rate, table }: MarginsTaken): string =>
    marginsText({ rate, table: table && { ...table, source: NO_SOURCE } });
  return content(one) === content(other);
}

const NO_SOURCE = { name: '', sha256: '', bytes: 0, records: 0 };
