import { Decimal as Base } from 'decimal.js';

/**
 * The one place that configures decimal.js: 60 significant digits, half-even, no exponent in text below 1e40.
 * Rates, horizons, shares and conversions go through it; fitted models are float64 (see models/).
 */
export const Decimal = Base.clone({ precision: 60, rounding: Base.ROUND_HALF_EVEN, toExpNeg: -40, toExpPos: 40 });
export type Decimal = Base;

export const ZERO: Decimal = new Decimal(0);
export const ONE: Decimal = new Decimal(1);
