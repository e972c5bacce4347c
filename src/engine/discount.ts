import { Decimal } from '../base/decimal.ts';
import { DAYS_PER_YEAR } from '../base/units.ts';

/**
 * The continuous rate a day of an annual effective discount rate: δ = ln(1 + d) / 365.25.
 * Buying models discount continuously from the as-of date (Fader, Hardie & Lee 2005, "RFM and CLV").
 */
export function deltaPerDay(annualRate: Decimal): number {
  return new Decimal(annualRate).plus(1).ln().div(DAYS_PER_YEAR).toNumber();
}
