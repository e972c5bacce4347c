import { visible } from '../../base/visible.ts';
import type { Cell, Kind } from '../../data/report.ts';
import { shownColumn } from '../table/grid.ts';

/** What a manager calls a column, and how its figures are shown to him. */
interface Plain {
  readonly heading: string;
  readonly as: 'percent' | 'hundredths';
}

/** Columns whose own names are those of the literature. */
const PLAIN: Readonly<Record<string, Plain>> = {
  p_alive: { heading: 'Chance still a customer', as: 'percent' },
  dert: { heading: 'Discounted future purchases', as: 'hundredths' },
};

export function headingOf(name: string, heading: string): string {
  return visible(PLAIN[name]?.heading ?? heading);
}

/** A column as a person reads it, one text a row. */
export function textsOf(name: string, kind: Kind, cells: readonly Cell[]): readonly string[] {
  switch (PLAIN[name]?.as) {
    case 'percent':
      return cells.map((cell) => (cell === null ? '–' : `${(100 * Number(cell)).toFixed(1)}%`));
    case 'hundredths':
      return shownColumn(
        'number',
        cells.map((cell) => cell && Number(cell).toFixed(2)),
      );
    default:
      return shownColumn(kind, cells);
  }
}

/** Words that are written in capitals, and words for names that say too little. */
const NAMES: Readonly<Record<string, string>> = {
  sha256: 'SHA-256',
  as_of: 'As of',
  discount_rate_annual: 'Discount rate a year',
  log_likelihood: 'Log-likelihood',
  amount_total: 'Amount',
  tau: 'Error, one standard deviation',
};

/** A name of the output contract in words: standard_errors → Standard errors. */
export function inWords(name: string): string {
  const words = NAMES[name] ?? name.replaceAll('_', ' ');
  return visible(words.charAt(0).toUpperCase() + words.slice(1));
}
