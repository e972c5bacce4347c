import { type Decimal, ZERO } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { contractValues, type Terms } from './value.ts';

/** What a customer is expected to bring from now until so many payments on (null: for ever). Null where it has no bound. */
export interface ContractExpectation {
  readonly periods: number | null;
  /** Payments made, on average. */
  readonly payments: number | null;
  /** Minor units, each rounded once: margin less the cost of keeping the customer, not discounted, and its present value. */
  readonly margin: bigint | null;
  readonly value: bigint;
  /** Discounted over undiscounted payments of one unit, growth in both: their sums. */
  readonly factor: { readonly discounted: number; readonly undiscounted: number | null };
}

/**
 * Expectations up to the end of each row. Payments are those of a valuation with that many periods, so that rows are
 * differences which add up to the whole whatever their length.
 * @param margin of the customer a period, in currency units
 * @throws ClvError E121 where the whole has no finite value
 */
export function contractExpectations(
  terms: Terms,
  made: number,
  margin: Decimal,
  ends: readonly (number | null)[],
): readonly ContractExpectation[] {
  return ends.map((periods) => {
    const until = { ...terms, periods };
    const plain = { ...until, rates: { ...terms.rates, discount: ZERO } };
    const steady = { ...plain, rates: { discount: ZERO, growth: ZERO } };
    const values = contractValues(until, made);
    const undiscounted = unlessEndless(() => contractValues(plain, made));
    const payments = unlessEndless(() => contractValues(steady, made));
    return {
      periods,
      payments: payments?.factor(made).toNumber() ?? null,
      margin: undiscounted?.value(margin, made) ?? null,
      value: values.value(margin, made),
      factor: {
        discounted: values.factor(made).toNumber(),
        undiscounted: undiscounted?.factor(made).toNumber() ?? null,
      },
    };
  });
}

function unlessEndless<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof ClvError && error.code === 'E121') return null;
    throw error;
  }
}
