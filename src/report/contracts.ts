import { Decimal } from '../base/decimal.ts';
import type { Warning } from '../base/errors.ts';
import { grouped, unitsText } from '../base/money.ts';
import { type Cell, type Column, Exact, type Fact, FIGURE_DIGITS, type Json } from '../data/report.ts';
import { type ContractTerms, isOneRate, type OneRate } from '../valuation/contracts/terms.ts';
import { percentText } from './methodology.ts';

/** What is told of contracts, whether they are counted from payments or from a table of survivors. */

/** W321 for whoever asks for one rate: by how much it misses what a base of customers who differ is worth. */
export function oneRateWarnings(
  oneRate: OneRate | null,
  terms: Pick<ContractTerms, 'model' | 'digits'>,
): readonly Warning[] {
  if (!isOneRate(terms) || oneRate === null) return [];
  const { retention, equity, differing } = oneRate;
  const money = (units: bigint): string => grouped(unitsText(units, terms.digits));
  const { gap, share, less } = missed(oneRate);
  const values = {
    retention: retention === null ? 'a segment' : `of ${retentionText(retention)} a period for all`,
    equity: money(equity),
    differing: money(differing),
    gap: money(gap),
    share,
    direction: less ? 'too little' : 'too much',
  };
  return [{ code: 'W321', values }];
}

/** What one rate misses, for a person, beside the model that values the base. */
export function oneRateFact(
  oneRate: OneRate,
  terms: Pick<ContractTerms, 'model'>,
  money: (units: bigint) => string,
): Fact {
  const { retention, equity, differing } = oneRate;
  const { gap, share, less } = missed(oneRate);
  if (isOneRate(terms)) {
    const value = `${money(differing)} by sbg: ${money(gap)}${share} ${less ? 'more' : 'less'}`;
    return { label: 'If customers differ', value };
  }
  const rate = retentionText(retention!);
  const value = `${money(equity)} at the aggregate retention of ${rate}: ${money(gap)}${share} ${less ? 'less' : 'more'}`;
  return { label: 'With one rate', value };
}

/** What one rate misses, in the summary of the document. */
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

function missed({ equity, differing }: OneRate): { gap: bigint; share: string; less: boolean } {
  const less = differing >= equity;
  const gap = less ? differing - equity : equity - differing;
  const share = differing > 0n ? ` (${retentionText(new Decimal(String(gap)).div(String(differing)))})` : '';
  return { gap, share, less };
}

/** A share of customers or money in percent, with one decimal at most. */
export function retentionText(share: Decimal): string {
  return percentText(share.toDecimalPlaces(3));
}

/** The cost of keeping a customer, for the methodology. */
export function costNote({ cost }: ContractTerms): Json {
  return cost && { amount_per_period: new Exact(cost.amount.toFixed()), timing: cost.timing };
}

/** What is taken as margin grows so, and a cost comes off it: said behind it. */
export function marginText({ growth, cost }: ContractTerms): string {
  const growing = growth.isZero() ? '' : `, growing ${percentText(growth)} a year`;
  const less = cost === null ? '' : `, less ${cost.amount.toFixed()} a period to keep a customer (${cost.timing})`;
  return growing + less;
}
