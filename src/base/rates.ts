import { Decimal, ONE } from './decimal.ts';
import { RATE_SCALE } from './money.ts';

/** Why a text is no value, in words for a message, and what would be. */
export interface Problem {
  readonly problem: string;
  readonly remedy: string;
}

export type RateKind = 'margin' | 'discount' | 'retention' | 'growth' | 'error';

/** Lowest and highest rate of a kind. */
const BOUNDS: Readonly<Record<RateKind, readonly [Decimal, Decimal]>> = {
  margin: [ONE.negated(), ONE],
  discount: [new Decimal(0), new Decimal(10)],
  retention: [new Decimal(0), ONE],
  growth: [new Decimal('-0.99'), new Decimal(10)],
  error: [new Decimal(0), ONE],
};

const RATE = /^([+-]?(?:\d{1,20}(?:\.\d{1,20})?|\.\d{1,20}))\s?(%?)$/;

/**
 * A rate as a fraction: `15%` and `0.15` are the same. A bare number above 1 may be meant as percent, so it is refused; so is
 * a bare 1, but for a margin, where it is all of the revenue.
 */
export function parseRate(text: string, kind: RateKind): Decimal | Problem {
  const match = RATE.exec(text.trim());
  if (!match) return { problem: 'is not a rate', remedy: 'write it like 15% or 0.15' };
  const [, number, percent] = match;
  const written = new Decimal(number!);
  const [low, high] = BOUNDS[kind];
  const within = (rate: Decimal): boolean => rate.gte(low) && rate.lte(high);
  const rate = percent === '%' ? written.div(100) : written;
  if (percent === '' && unclear(written, kind) && within(written.div(100))) {
    return { problem: 'may be meant as percent', remedy: `write ${number}% if it is, or a number below 1` };
  }
  if (!within(rate)) return { problem: 'is out of range', remedy: `from ${inPercent(low)} to ${inPercent(high)}` };
  if (rate.decimalPlaces() > RATE_SCALE) {
    return {
      problem: `has more than ${RATE_SCALE} decimals as a fraction`,
      remedy: `round it to ${inPercent(rate.toDecimalPlaces(RATE_SCALE))}`,
    };
  }
  return rate;
}

function unclear(written: Decimal, kind: RateKind): boolean {
  return kind === 'margin' ? written.abs().gt(1) : written.gte(1);
}

function inPercent(rate: Decimal): string {
  return `${rate.times(100).toFixed()}%`;
}
