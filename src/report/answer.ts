import { grouped } from '../base/money.ts';
import { plural } from '../base/plural.ts';

/** Sentences that several commands tell a manager first. */

type Money = (units: bigint) => string;

/** What customers are worth. @param when from when on, and for how long */
export function worthText(customers: number, equity: string, when: string): string {
  const count = grouped(String(customers));
  return (
    `The ${plural(customers, 'customer is', `${count} customers are`)} worth ${equity}: the present value of the margin ` +
    `${plural(customers, 'it is', 'they are')} expected to bring ${when}.`
  );
}

/** How a figure went from an opening to a closing: rose by 2.00 to 5.00. */
export function wentText(opening: bigint, closing: bigint, money: Money): string {
  const change = closing - opening;
  if (change === 0n) return `stayed at ${money(closing)}`;
  return `${change > 0n ? 'rose' : 'fell'} by ${money(sizeOf(change))} to ${money(closing)}`;
}

/** Lines that are named of those that moved a figure. */
const NAMED = 3;

/** The lines that moved a figure most, the largest first; nothing where none did. */
export function movesText(
  lines: readonly (readonly [label: string, units: bigint])[],
  money: Money,
): readonly string[] {
  const most = lines
    .filter(([, units]) => units !== 0n)
    .toSorted(([, a], [, b]) => (sizeOf(b) > sizeOf(a) ? 1 : sizeOf(b) < sizeOf(a) ? -1 : 0))
    .slice(0, NAMED);
  if (most.length === 0) return [];
  return [`What moved it most: ${most.map(([label, units]) => `${label.toLowerCase()} ${money(units)}`).join('; ')}.`];
}

function sizeOf(units: bigint): bigint {
  return units < 0n ? -units : units;
}

/** A fraction as a manager reads it: 12.3%. */
export function shareText(fraction: number): string {
  return `${(100 * fraction).toFixed(1)}%`;
}

/** What came against what was predicted: 1,325.2 were predicted and 1,261 came: 5.1% too many. */
export function againstText(predicted: number, actual: number, what: string): string {
  const off = actual > 0 ? predicted / actual - 1 : null;
  const size = off === null ? null : shareText(Math.abs(off));
  const told =
    size === null ? '' : size === '0.0%' ? ', as predicted' : `: ${size} too ${off! > 0 ? 'many' : 'few'} predicted`;
  return `${grouped(predicted.toFixed(0))} ${what} were predicted, and ${grouped(String(actual))} came${told}.`;
}
