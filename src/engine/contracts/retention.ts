import { Decimal, ONE } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { type PeriodRates, TIMINGS, type Timing } from './timing.ts';

/**
 * Contracts with one constant retention rate, exact decimals from end to end (Gupta & Lehmann 2003; Berger & Nasr 1998):
 *   PV = m r^s (1+d)^−τ Σ_j q^j,  q = r(1+g)/(1+d),
 * with s renewals and τ periods before the first payment, as the timing case says; s = τ = 1 is m r/(1+d−r(1+g)).
 * Costs of keeping a customer are a stream of their own, with their own timing: subtract its value.
 */
export interface Stream {
  /** Of a payment, in currency units. */
  readonly payment: Decimal;
  /** Share of customers kept from one period to the next, 0 to 1. */
  readonly retention: Decimal;
  readonly rates: PeriodRates;
  /** Payments counted; null: for life. */
  readonly periods: number | null;
  readonly timing: Timing;
}

/** Differences below this come from roots of rates, not from the rates. */
const NOTHING = new Decimal('1e-40');

/** The present value of a stream in currency units, not rounded. Error E121 where a lifetime has no finite value: r(1+g) ≥ 1+d. */
export function presentValue(stream: Stream): Decimal {
  const { payment, retention, rates, periods, timing } = stream;
  const { renewals, delay } = TIMINGS[timing];
  const [kept, rate] = [retention.times(rates.growth.plus(1)), rates.discount.plus(1)];
  const first = payment.times(renewals === 1 ? retention : ONE);
  return first.times(sumOfPowers(kept, rate, periods, stream)).times(rate.pow(ONE.minus(delay)));
}

/** Σ_j (kept/rate)^j / rate over so many j from 0 payments. Error E121. */
function sumOfPowers(kept: Decimal, rate: Decimal, periods: number | null, { retention, rates }: Stream): Decimal {
  const gap = rate.minus(kept);
  const even = gap.abs().lt(NOTHING);
  if (periods === null) {
    if (even || gap.isNegative()) throw endless(retention, rates);
    return ONE.div(gap);
  }
  if (even) return new Decimal(periods).div(rate);
  return ONE.minus(kept.div(rate).pow(periods)).div(gap);
}

/** E121: retention 1 where customers differ, since those who stay longest hardly leave. */
export function endless(retention: Decimal, { growth, discount }: PeriodRates): ClvError {
  const text = (rate: Decimal): string => rate.toSignificantDigits(6).toFixed();
  return new ClvError('E121', { retention: text(retention), growth: text(growth), discount: text(discount) });
}

/** One payment of a stream, as seen now. */
export interface CashFlow {
  /** Periods from now. */
  readonly time: Decimal;
  /** Share of customers that pays it. */
  readonly share: Decimal;
  /** Of a customer that pays it. */
  readonly payment: Decimal;
  readonly discountFactor: Decimal;
  readonly presentValue: Decimal;
}

/** The first payments of a stream, one by one; their present values sum to that of as many periods. */
export function cashFlows(stream: Stream, periods: number): readonly CashFlow[] {
  const { renewals, delay } = TIMINGS[stream.timing];
  return Array.from({ length: periods }, (_, j) => {
    const time = delay.plus(j);
    const share = stream.retention.pow(renewals + j);
    const payment = stream.payment.times(stream.rates.growth.plus(1).pow(j));
    const discountFactor = stream.rates.discount.plus(1).pow(time.negated());
    return { time, share, payment, discountFactor, presentValue: payment.times(share).times(discountFactor) };
  });
}

/** Significant digits that the roundings on the way leave alone, so that a tie is a tie. */
const CERTAIN = 40;

/** Whole minor units, half to even. */
export function minorUnits(value: Decimal, digits: number): bigint {
  const scaled = value.toSignificantDigits(CERTAIN).times(new Decimal(10).pow(digits));
  return BigInt(scaled.toDecimalPlaces(0).toFixed());
}
