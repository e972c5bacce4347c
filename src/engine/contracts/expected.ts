import { Decimal, ZERO } from '../../base/decimal.ts';
import { minorUnits } from './retention.ts';
import { type ContractValues, contractValues, type Terms } from './value.ts';

/** A subscription at the opening: what it brings a period in currency units, renewals made, and the chance that it goes on. */
export interface Opened {
  readonly margin: Decimal;
  readonly made: number;
  readonly chance: number;
}

/** Rungs of a statement before anything new is known, in minor units, and the margin expected meanwhile. */
export interface ExpectedRungs {
  /** With interest up to the closing. */
  readonly accrued: bigint;
  /** What is left of the span valued at the opening, and what the span of the closing holds. */
  readonly ahead: bigint;
  readonly rolled: bigint;
  /** Margin less the cost of keeping within the period, not discounted, in currency units. */
  readonly margin: Decimal;
}

/**
 * What a subscription is expected to be worth once k of its renewals have fallen due, by what was believed at the opening
 * (formulas: Customer equity statement; Fader & Hardie 2010 for the residual value), d and g a period, H the payments counted:
 *   accrued = (1+d)^k value(n, H),  ahead = (1+g)^k S(n+k)/S(n) value(n+k, H − k),  rolled = the same of H,
 * so that accrued − ahead is the margin of the k payments with interest: at retention r for life m r/(1+d−r(1+g)) loses m r a
 * period, and earns d. A cost of keeping is a stream of its own, which does not grow.
 */
export class ExpectedValues {
  readonly #terms: Terms;
  readonly #longest: number;
  readonly #values = new Map<string, ContractValues>();

  /** @param longest most renewals made that will be asked for, those to come included */
  constructor(terms: Terms, longest: number) {
    this.#terms = terms;
    this.#longest = longest;
  }

  /** @param due renewals that fall due in the period, 1 or more. Error E121. */
  after({ margin, made, chance }: Opened, due: number): ExpectedRungs {
    const { rates, periods, digits } = this.#terms;
    const kept = this.#kept(made, due).times(chance);
    const grown = margin.times(rates.growth.plus(1).pow(due));
    const interest = rates.discount.plus(1).pow(due).times(chance);
    const units = (value: Decimal): bigint => minorUnits(value, digits);
    const later = (over: number | null): bigint =>
      units(
        this.#over(over)
          .present(grown, made + due)
          .times(kept),
      );
    const within = periods === null ? due : Math.min(due, periods);
    return {
      accrued: units(this.#over(periods).present(margin, made).times(interest)),
      ahead: later(periods === null ? null : Math.max(0, periods - due)),
      rolled: later(periods),
      margin: this.#nominal(within).present(margin, made).times(chance),
    };
  }

  /** The share of subscriptions with so many renewals made that make as many more. */
  #kept(made: number, due: number): Decimal {
    const { rate, model, parameters } = this.#terms;
    if (rate !== null) return rate.pow(due);
    let kept = 1;
    for (let k = 1; k <= due; k++) kept *= model.retention(parameters, made + k);
    return new Decimal(kept);
  }

  #over(periods: number | null): ContractValues {
    return this.#valuesOf(`${periods}`, { ...this.#terms, periods });
  }

  #nominal(periods: number): ContractValues {
    const rates = { ...this.#terms.rates, discount: ZERO };
    return this.#valuesOf(`nominal ${periods}`, { ...this.#terms, rates, periods });
  }

  #valuesOf(key: string, terms: Terms): ContractValues {
    const known = this.#values.get(key);
    if (known) return known;
    const values = contractValues(terms, this.#longest);
    this.#values.set(key, values);
    return values;
  }
}
