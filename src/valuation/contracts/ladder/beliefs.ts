import { Decimal } from '../../../base/decimal.ts';
import { ClvError } from '../../../base/errors.ts';
import type { ContractCells, ContractFit, Contracts } from '../../../data/contracts.ts';
import { segmentKey } from '../../../data/customers.ts';
import { type ExpectedRungs, ExpectedValues } from '../../../engine/contracts/expected.ts';
import { type ContractValues, contractValues, type Terms } from '../../../engine/contracts/value.ts';
import { constantRetention } from '../../../models/contracts/constant-retention.ts';
import { type ContractsValuation, fitName } from '../by-fit.ts';
import { type ContractSettings, termsOf } from '../terms.ts';
import { marginAPeriod, valueOfCell } from '../value.ts';

/** How subscriptions of a length are valued at a date. */
export type SettingsOf = (fit: ContractFit) => ContractSettings;

/** The terms of a fit in a segment: only rates that are given by segment differ in these. */
export type TermsOf = (fit: ContractFit, segment: readonly string[]) => Terms;

/** What is believed of subscriptions at a date: the terms of each fit, and what follows for any subscription. */
export class Beliefs {
  readonly #termsOf: TermsOf;
  readonly #bySegment: boolean;
  readonly #longest: number;
  readonly #known = new Map<
    string,
    { readonly terms: Terms; readonly values: ContractValues; readonly expected: ExpectedValues }
  >();

  /** @param bySegment whether terms differ by segment @param longest most paid periods that will be asked for */
  constructor(termsOf: TermsOf, bySegment: boolean, longest: number) {
    this.#termsOf = termsOf;
    this.#bySegment = bySegment;
    this.#longest = longest;
  }

  /** What each subscription of a cell is worth, in minor units. Error E121. */
  values(cells: ContractCells): BigInt64Array {
    return BigInt64Array.from(cells.count, (_, i) => valueOfCell(cells, i, () => this.#of(cells, i).values));
  }

  /** @param due renewals that fall due, 1 or more @returns null where the run has ended */
  after(cells: ContractCells, i: number, due: number): ExpectedRungs | null {
    const [chance, made] = [cells.chance[i]!, cells.tenure[i]! - 1];
    if (chance === 0 || made < 0) return null;
    return this.#of(cells, i).expected.after({ margin: marginAPeriod(cells, i), made, chance }, due);
  }

  #of(cells: ContractCells, i: number) {
    const fit = cells.fits[cells.fit[i]!]!;
    const segment = this.#bySegment ? cells.segments[cells.segment[i]!]! : [];
    const key = segmentKey([fitName(fit), ...segment]);
    const known = this.#known.get(key);
    if (known) return known;
    const terms = this.#termsOf(fit, segment);
    const values = contractValues(terms, this.#longest);
    const made = { terms, values, expected: new ExpectedValues(terms, this.#longest) };
    this.#known.set(key, made);
    return made;
  }
}

/**
 * The terms of a valuation, at another discount rate where one is given; of a fit that it has no subscriptions of, those of the
 * retention that is given.
 * @param unknown what to do about a fit of which nothing is known
 */
export function termsBy({ fits }: Pick<ContractsValuation, 'fits'>, settingsOf: SettingsOf, unknown: TermsOf): TermsOf {
  const known = new Map(fits.map((one) => [fitName(one.fit), one]));
  return (fit, segment) => {
    const found = known.get(fitName(fit));
    const settings = settingsOf(fit);
    const rate = givenRate(settings, segment);
    if (rate) return termsOf(settings, constantRetention, [rate.toNumber()], rate);
    if (found) {
      const { model, fit: estimate, rateOf } = found.valuation.fitted;
      return termsOf(settings, model, estimate.parameters, rateOf(0));
    }
    const { saved } = settings;
    return saved ? termsOf(settings, saved.model, saved.parameters, saved.rate) : unknown(fit, segment);
  };
}

/** Of one rate for all, or of the segment; null: none is given. */
function givenRate({ retention }: ContractSettings, segment: readonly string[]): Decimal | null {
  return retention === null || retention instanceof Decimal ? retention : retention.of(segment);
}

/** E326: a fit of which there was no subscription at the opening. @param date of the opening */
export function unknownFit(date: string): (fit: ContractFit) => never {
  return (fit) => {
    throw new ClvError('E326', { fit: fitName(fit), length: fit.length.text, date });
  };
}

/** Most paid periods of any subscription. */
export function longestOf(...contracts: readonly Contracts[]): number {
  return contracts.reduce((most, { cells }) => cells.tenure.reduce((all, one) => Math.max(all, one), most), 0);
}
