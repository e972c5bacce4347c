import { Decimal } from '../../base/decimal.ts';
import { ClvError, type Warning } from '../../base/errors.ts';
import { grouped, unitsText } from '../../base/money.ts';
import type { Cell, Column, Fact } from '../../data/report.ts';
import { FIGURE_DIGITS } from '../../data/report.ts';
import { constantRetention } from '../../models/contracts/constant-retention.ts';
import type { SurvivalModel } from '../../models/contracts/survival.ts';
import type { OneRate } from './terms.ts';

const UNFIT = new Set(['E121', 'E302', 'E303', 'E311']);

/** What a model that is only compared with finds, or null where the data do not carry it. */
export function unlessUnfit<T>(find: () => T): T | null {
  try {
    return find();
  } catch (error) {
    if (error instanceof ClvError && UNFIT.has(error.code)) return null;
    throw error;
  }
}

/** W321: by how much one rate for all misses what a base of customers who differ is worth. */
export function oneRateWarning({ retention, equity, differing }: OneRate, digits: number): Warning {
  const money = (units: bigint): string => grouped(unitsText(units, digits));
  const { gap, share, less } = missed(equity, differing);
  const rate = retention === null ? 'a segment' : `of ${percent(retention)} a period for all`;
  const direction = less ? 'too little' : 'too much';
  const values = {
    retention: rate,
    equity: money(equity),
    differing: money(differing),
    gap: money(gap),
    share,
    direction,
  };
  return { code: 'W321', values };
}

/** The comparison with one rate for a person, beside the model that values the base. */
export function oneRateFact(
  { retention, equity, differing }: OneRate,
  model: SurvivalModel,
  money: (units: bigint) => string,
): Fact {
  const { gap, share, less } = missed(equity, differing);
  if (model === constantRetention) {
    const value = `${money(differing)} by sbg: ${money(gap)}${share} ${less ? 'more' : 'less'}`;
    return { label: 'If customers differ', value };
  }
  const rate = percent(retention!);
  const value = `${money(equity)} at the aggregate retention of ${rate}: ${money(gap)}${share} ${less ? 'less' : 'more'}`;
  return { label: 'With one rate', value };
}

/** The comparison with one rate in the summary of the document. */
export const ONE_RATE_COLUMNS: readonly Column[] = [
  { name: 'retention_aggregate', kind: 'number' },
  { name: 'single_rate_equity', kind: 'money' },
  { name: 'differing_equity', kind: 'money' },
  { name: 'undervaluation', kind: 'money' },
];

export function oneRateRow(oneRate: OneRate | null, digits: number): readonly Cell[] {
  if (oneRate === null) return ONE_RATE_COLUMNS.map(() => null);
  const { retention, equity, differing } = oneRate;
  return [
    retention?.toFixed(FIGURE_DIGITS) ?? null,
    ...[equity, differing, differing - equity].map((units) => unitsText(units, digits)),
  ];
}

function missed(equity: bigint, differing: bigint): { gap: bigint; share: string; less: boolean } {
  const less = differing >= equity;
  const gap = less ? differing - equity : equity - differing;
  const share = differing > 0n ? ` (${percent(new Decimal(String(gap)).div(String(differing)))})` : '';
  return { gap, share, less };
}

/** A rate in percent, with one decimal at most. */
export function percent(rate: Decimal): string {
  return `${rate.times(100).toDecimalPlaces(1).toFixed()}%`;
}
