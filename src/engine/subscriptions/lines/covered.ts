import { compare, type Fraction, minus, plus, times, unitsOf } from '../../../base/fractions.ts';
import type { Change } from '../../../data/subscriptions/movements.ts';
import type { Monthly } from '../monthly-value.ts';
import type { ValuedLine } from './line-values.ts';

/** The lines of a subscription that cover a day, taken together. */
export interface Covered {
  readonly kind: Change['kind'];
  /** Minor units. */
  readonly value: bigint;
  readonly segment: string;
  /** The line that is worth most: its segment and length are those of the subscription. */
  readonly most: ValuedLine;
  /** Exact, a month: as converted, and in its own currency; null where there are several. */
  readonly converted: Fraction;
  readonly own: { readonly currency: string; readonly value: Fraction } | null;
}

const NOTHING: Fraction = { n: 0n, d: 1n };

/**
 * What some lines, at least one, are worth together. Lines that sum to nothing by a credit end the subscription; those of 0.00
 * alone are free, those of a pause plan alone a pause. @returns 'below' where credits are more than what they credit
 */
export function coveredBy(lines: readonly ValuedLine[], monthly: Monthly): Covered | 'below' {
  const sum = (pick: (one: ValuedLine) => Fraction): Fraction =>
    lines.reduce((all, one) => plus(all, pick(one)), NOTHING);
  const converted = sum(({ line, value }) => times(value, monthly.rateOn(line.currency, line.day)));
  const most = lines.reduce((best, one) => (isMore(one, best) ? one : best));
  const { currency, segment } = most.line;
  const single = lines.every(({ line }) => line.currency === currency);
  const own = single ? { currency, value: sum(({ value }) => value) } : null;
  const known = { segment, most, converted, own };
  const hasCredit = lines.some(({ value }) => value.n < 0n);
  const value = perUnits(converted, monthly);
  const slack =
    unitsOf(
      sum((one) => one.slack),
      monthly.digits,
    ) + 1n;
  if (hasCredit && value < -slack) return 'below';
  if (hasCredit && value <= slack) return { ...known, kind: 'ended', value: 0n };
  if (value > 0n) return { ...known, kind: 'paid', value };
  return { ...known, kind: lines.every(({ line }) => line.isPause) ? 'paused' : 'free', value: 0n };
}

/** A value a month in minor units, or a year's. */
function perUnits({ n, d }: Fraction, { months, digits }: Monthly): bigint {
  return unitsOf({ n: n * BigInt(months), d }, digits);
}

function isMore(one: ValuedLine, other: ValuedLine): boolean {
  const { n } = minus(one.value, other.value);
  return n > 0n || (n === 0n && one.line.segment > other.line.segment);
}

/** What of a change comes from rates: all but the change of price at the rate before. */
export function coveredFx(before: Covered, after: Covered, monthly: Monthly): bigint {
  if (before.kind !== 'paid' || after.kind !== 'paid') return 0n;
  if (!before.own || before.own.currency !== after.own?.currency) return 0n;
  if (compare(times(before.converted, after.own.value), times(after.converted, before.own.value)) === 0) return 0n;
  const rate = { n: before.converted.n * before.own.value.d, d: before.converted.d * before.own.value.n };
  const price = perUnits(times(minus(after.own.value, before.own.value), rate), monthly);
  return after.value - before.value - price;
}
