import { ClvError } from '../../base/errors.ts';
import { grouped, parseUnits, unitsText } from '../../base/money.ts';
import { visible } from '../../base/visible.ts';
import type { Cell, Kind } from '../../data/report.ts';

/** What a person sees where a figure is unknown. */
const UNKNOWN = '–';

/** A column as a person reads it, one text a row. `shares` are the cells of the whole list, which may be longer. */
export function shownColumn(kind: Kind, cells: readonly Cell[]): string[] {
  if (kind === 'share') return percents(cells);
  return cells.map((cell) => (cell === null ? UNKNOWN : shown(kind, cell)));
}

function shown(kind: Kind, text: string): string {
  switch (kind) {
    case 'text':
    case 'date':
      return visible(text);
    case 'interval':
      return text.split(' ').map(grouped).join(' to ');
    default:
      return grouped(text);
  }
}

/** Millionths in a tenth of a percent, and in the whole. */
const TENTH = 1000;
const WHOLE = 1_000_000;

/**
 * Shares in percent with one decimal. Shares of a whole (their millionths sum to 1) add up to 100.0%: largest remainder,
 * ties in the order of the list. Others are rounded one by one, half up.
 */
function percents(cells: readonly Cell[]): string[] {
  const millionths = cells.map((cell) => (cell === null ? null : millionthsOf(cell)));
  const tenths = millionths.map((units) => (units === null ? null : Math.floor(units / TENTH)));
  const rest = (index: number) => (millionths[index] ?? 0) - (tenths[index] ?? 0) * TENTH;
  const sum = millionths.reduce<number>((total, units) => total + (units ?? 0), 0);
  const missing = tenths.reduce<number>((left, units) => left - (units ?? 0), WHOLE / TENTH);
  const raised =
    sum === WHOLE
      ? [...cells.keys()].sort((a, b) => rest(b) - rest(a) || a - b).slice(0, missing)
      : [...cells.keys()].filter((index) => rest(index) >= TENTH / 2);
  for (const index of raised) if (tenths[index] !== null) tenths[index]! += 1;
  return tenths.map((units) => (units === null ? UNKNOWN : `${unitsText(units, 1)}%`));
}

function millionthsOf(text: string): number {
  const units = parseUnits(text, 6);
  if (units === null) throw new ClvError('E500', { detail: `a share of ${text}` });
  return Number(units);
}
