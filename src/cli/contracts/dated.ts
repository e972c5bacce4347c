import type { Day } from '../../base/calendar.ts';
import type { Decimal } from '../../base/decimal.ts';
import type { Close } from '../../data/books/close.ts';
import type { Reported } from '../../data/movement.ts';
import type { TermRules } from '../../data/subscriptions/payments.ts';
import type { DatedContracts } from '../../valuation/contracts/ladder/rungs.ts';
import type { NextPrices } from '../../valuation/contracts/next-prices.ts';
import { isSaved } from '../../valuation/contracts/saved.ts';
import type { ContractReading } from '../../valuation/contracts/subscribers.ts';
import { contractsOfClose } from '../closes/choices.ts';
import type { Session } from '../session.ts';
import type { Settings } from '../settings.ts';
import { type LengthsOfPlans, planLengths } from './plan-lengths.ts';
import type { AnnualRates } from './rates.ts';
import { contractReading, nextPrices, type PaymentsAsked, type priceBookOf } from './reading.ts';
import { bySaved } from './saved.ts';
import { settingsByFit, type TypedContract } from './terms.ts';

/** How subscriptions are read and valued, whatever the date. */
interface ContractsBasis {
  readonly contract: TypedContract;
  readonly asked: PaymentsAsked;
  /** Of lines of invoices. */
  readonly service: TermRules['service'];
  readonly priced: Awaited<ReturnType<typeof priceBookOf>>;
  readonly rates: AnnualRates | null;
  /** How fits are valued that saved models know nothing of; absent: they are refused (E336). */
  readonly unsaved?: TypedContract;
}

/** The same as of a day, with the prices to come where values are at them. */
interface ContractsOn extends DatedContracts {
  readonly next: NextPrices | null;
}

/** What the subscriptions of an opening are valued by, and what was reported of them; null: nothing was. */
export interface ContractsOpening {
  readonly contracts: ContractsOn;
  readonly reported: readonly Reported[] | null;
}

/**
 * The opening that a close reported: by its models and its rate, read as those of now are. Of a length that the close knew nothing
 * of, nothing was expected: it is fitted to the rows of then where late ones brought it, else what is believed now is.
 */
export function openingOfClose(
  session: Pick<Session, 'ledger' | 'notes'>,
  basis: ContractsBasis,
  settings: Settings,
  close: Close,
): (from: Day) => Promise<ContractsOpening> {
  const { saved, discountRate } = contractsOfClose(close);
  const then = new ContractsByDate(
    session,
    { ...bySaved(basis, saved), rates: null, unsaved: basis.contract },
    { ...settings, discountRate },
  );
  return async (from) => ({ contracts: await then.at(from), reported: close.segments });
}

/** How subscriptions are read and valued as of a day: lengths that the payments tell are those of then, each day read once. */
export class ContractsByDate {
  readonly #session: Pick<Session, 'ledger' | 'notes'>;
  readonly #basis: ContractsBasis;
  readonly #settings: Settings;
  readonly #plans = new Map<Day | null, LengthsOfPlans>();
  readonly #readings = new Map<LengthsOfPlans, ContractReading>();

  constructor(session: Pick<Session, 'ledger' | 'notes'>, basis: ContractsBasis, settings: Settings) {
    this.#session = session;
    this.#basis = basis;
    this.#settings = settings;
  }

  /** The lengths of the plans as they are known at a date; lengths that are given are those of every date. */
  async plansAt(asOf: Day): Promise<LengthsOfPlans> {
    const { asked, service } = this.#basis;
    const key = asked.lengths === 'auto' ? asOf : null;
    const found = this.#plans.get(key) ?? (await planLengths(this.#session, asked, asOf, service));
    this.#plans.set(key, found);
    return found;
  }

  async at(asOf: Day, discountRate: Decimal = this.#settings.discountRate): Promise<ContractsOn> {
    const { contract, asked, service, priced, rates, unsaved } = this.#basis;
    const plans = await this.plansAt(asOf);
    const next = nextPrices(priced, this.#settings);
    const reading = this.#readings.get(plans) ?? contractReading(asked, plans, service, next);
    this.#readings.set(plans, reading);
    return {
      next,
      reading: { ...reading, ...(next && { priceNow: next.of }) },
      settingsOf: (fit) => {
        const typed = unsaved && !isSaved(contract.saved!, fit) ? unsaved : contract;
        return settingsByFit(typed, plans.plansOf, { ...this.#settings, discountRate }, rates)(fit);
      },
    };
  }
}
