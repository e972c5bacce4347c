import { marginRate, meanText, quotientText } from '../../aggregator/past-money.ts';
import { AMOUNT_SCALE, halfEvenQuotient, MARGIN_SCALE, parseUnits, rescale, unitsText } from '../../base/money.ts';
import type { Audit, PeriodSums } from '../../data/audit.ts';
import type { Cell, Column } from '../../data/report.ts';
import { FIGURE_DIGITS } from '../../data/report.ts';
import { activity } from './periods.ts';

/** Profit = active customers × purchases per customer × revenue per purchase × margin rate (Fader, Hardie & Ross). */
export type Activity = PeriodSums & { readonly active: number };

const FACTORS = [
  'active_customers',
  'purchases_per_customer',
  'revenue_per_purchase',
  'margin_rate',
  'profit',
] as const;

export const IDENTITY: readonly Column[] = [
  { name: 'factor', kind: 'text' },
  { name: 'all', kind: 'number' },
  { name: 'earlier', kind: 'number' },
  { name: 'later', kind: 'number' },
  { name: 'change', kind: 'number' },
  { name: 'profit_effect', kind: 'money' },
];

/** The factors over all the data and in two periods, and what the change of each did to the profit. */
export function identityRows({ whole, flows }: Audit, active: number, digits: number): Cell[][] {
  const [earlier, later] = [activity(flows, 'earlier'), activity(flows, 'later')];
  const [all, before, after] = [{ ...whole, active }, earlier, later].map((sums) => factorsOf(sums, digits)) as [
    Cell[],
    Cell[],
    Cell[],
  ];
  const effects = profitEffects(earlier, later, digits);
  return FACTORS.map((factor, i): Cell[] => [
    factor,
    all[i]!,
    before[i]!,
    after[i]!,
    difference(before[i]!, after[i]!),
    effects[i]!,
  ]);
}

/** Factors of the profit: their product is the profit, but for the rounding of what is printed. */
function factorsOf(sums: Activity, digits: number): Cell[] {
  const { active, purchases, revenue, profit } = sums;
  return [
    String(active),
    quotientText(BigInt(purchases), BigInt(active), FIGURE_DIGITS),
    meanText(revenue, AMOUNT_SCALE, purchases, digits),
    marginRate(sums),
    unitsText(rescale(profit, MARGIN_SCALE, digits), digits),
  ];
}

function difference(before: Cell, after: Cell): Cell {
  if (before === null || after === null) return null;
  const decimals = before.split('.')[1]?.length ?? 0;
  return unitsText(parseUnits(after, decimals)! - parseUnits(before, decimals)!, decimals);
}

/**
 * The change of the profit, one factor after the other in the order of the identity: each changes while those before it have
 * changed and those after it have not. Rounded rung by rung, so that the effects sum to the change (the last). Null where a
 * factor of the earlier period is unknown.
 */
function profitEffects(earlier: Activity, later: Activity, digits: number): readonly Cell[] {
  if (earlier.active === 0 || earlier.revenue <= 0n) return FACTORS.map(() => null);
  const scaled = (n: bigint, divisor: bigint): bigint =>
    halfEvenQuotient(earlier.profit * n, divisor * 10n ** BigInt(MARGIN_SCALE - digits));
  const rungs = [
    scaled(1n, 1n),
    scaled(BigInt(later.active), BigInt(earlier.active)),
    scaled(BigInt(later.purchases), BigInt(earlier.purchases)),
    scaled(later.revenue, earlier.revenue),
    rescale(later.profit, MARGIN_SCALE, digits),
  ];
  const effects = rungs.slice(1).map((rung, i) => rung - rungs[i]!);
  return [...effects, rungs.at(-1)! - rungs[0]!].map((units) => unitsText(units, digits));
}
