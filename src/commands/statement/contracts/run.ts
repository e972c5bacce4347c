import type { Day } from '../../../base/calendar.ts';
import { warningsBlock } from '../../../base/message-text.ts';
import { assumptionsOf, inputOf } from '../../../cli/assumptions.ts';
import { columnsIn } from '../../../cli/contracts/columns.ts';
import { intervalsOfContracts } from '../../../cli/contracts/intervals.ts';
import { type LengthsOfPlans, lengthNotes, planLengths, unusedPlans } from '../../../cli/contracts/plan-lengths.ts';
import { readRates } from '../../../cli/contracts/rates.ts';
import {
  checkPace,
  contractReading,
  nextPrices,
  paymentWarnings,
  priceBookOf,
  priceWarnings,
} from '../../../cli/contracts/reading.ts';
import { contractsAsked } from '../../../cli/contracts/saved.ts';
import { serviceIn } from '../../../cli/contracts/service.ts';
import { checkRetention, settingsByFit } from '../../../cli/contracts/terms.ts';
import { fitWarnings } from '../../../cli/contracts/value.ts';
import { columns, rate } from '../../../cli/option-values.ts';
import { withTransactions } from '../../../cli/session.ts';
import { settingsOf } from '../../../cli/settings.ts';
import { populationWarnings } from '../../../cli/warnings.ts';
import type { Population } from '../../../data/customers.ts';
import type { TermRules } from '../../../data/subscriptions/payments.ts';
import { spansBetween } from '../../../engine/subscriptions/recurring/spans.ts';
import { readPaymentsBetween } from '../../../ledger/steps/subscriptions/payments.ts';
import type { Loaded } from '../../../ledger/store.ts';
import { STATEMENT_NAMES } from '../../../report/statement/lists.ts';
import { type ContractsMoved, compareSubscriptions } from '../../../valuation/contracts/ladder/between.ts';
import type { DatedContracts } from '../../../valuation/contracts/ladder/rungs.ts';
import type { NextPrices } from '../../../valuation/contracts/next-prices.ts';
import type { ContractReading } from '../../../valuation/contracts/subscribers.ts';
import { type Recurring, rollForward } from '../../../valuation/subscriptions/recurring.ts';
import { timelinesAt } from '../../../valuation/subscriptions/timelines.ts';
import { checkOptions, datesAsked, sayOpening } from '../asked.ts';
import { type Dates, datesOf } from '../dates.ts';
import type { StatementOptions } from '../options.ts';
import { contractStatementReport } from './document.ts';

/** `clv statement --contract`: dates → subscriptions as of both → what moved between them, and in each period → report. */
export async function statementOfContracts(
  files: readonly string[],
  options: StatementOptions,
  typed: readonly string[],
): Promise<void> {
  checkOptions(options, typed);
  const dates = datesAsked(options);
  const settings = { ...settingsOf({ ...options, model: 'auto' }), asOf: dates.to };
  const how = { ...options, interval: 'covariance' };
  const { contract, asked } = await contractsAsked(how, settings.horizon, typed);
  const { fromDiscountRate } = options;
  const openingRate =
    fromDiscountRate === undefined ? settings.discountRate : rate('--from-discount-rate', fromDiscountRate, 'discount');
  const by = columns('--by', options.by);
  const fitBy = columns('--fit-by', options.fitBy);
  const shape = { by, fitBy, taken: STATEMENT_NAMES, subscriptions: columnsIn(asked), section: options.section };
  await withTransactions(files, settings, shape, async ({ ledger, read, pricing, notes, known }) => {
    const { loaded } = ledger;
    const compared = datesOf(dates, read.totals.firstDay!, read.totals.lastDay!, '--retention RATE');
    sayOpening(compared, notes);
    const priced = await priceBookOf(asked, settings);
    const rates = await readRates(options.retentionFile, pricing.by);
    const service = serviceIn(asked, pricing, read, settings.digits);
    const plansAt = lengthsByDate(asked.lengths === 'auto', (asOf) =>
      planLengths({ ledger, notes }, asked, asOf, service),
    );
    const readingsOf = new Map<LengthsOfPlans, ContractReading>();
    const dated = async (
      asOf: Day,
      discountRate = settings.discountRate,
    ): Promise<DatedContracts & { readonly next: NextPrices | null }> => {
      const plans = await plansAt(asOf);
      const next = nextPrices(priced, settings);
      const reading = readingsOf.get(plans) ?? contractReading(asked, plans, service, next);
      readingsOf.set(plans, reading);
      return {
        next,
        reading: { ...reading, ...(next && { priceNow: next.of }) },
        settingsOf: settingsByFit(contract, plans.plansOf, { ...settings, discountRate }, rates),
      };
    };
    const between = async (
      { from, to }: Dates['whole'],
      discountRate = settings.discountRate,
    ): Promise<{
      readonly moved: ContractsMoved;
      readonly population: Population;
      readonly next: NextPrices | null;
    }> => {
      const both = { opening: await dated(from, discountRate), closing: await dated(to) };
      const how = {
        ...both,
        assumed: compared.assumed && compared.whole.from,
        check: (contracts: ContractsMoved['contracts']): void => {
          checkPace(contracts, asked);
          for (const { next } of [both.opening, both.closing]) next?.check();
        },
      };
      const found = await compareSubscriptions(ledger, { from, to }, how, (stage) => notes.stage(stage));
      return { ...found, next: both.closing.next };
    };
    const series: ContractsMoved[] = [];
    for (const [i, period] of compared.series.entries())
      series.push((await between(period, i === 0 ? openingRate : undefined)).moved);
    const { moved: whole, population, next } = await between(compared.whole, openingRate);
    notes.stage('finding what moved');
    const { terms } = (await dated(whole.period.to)).reading;
    const plans = await plansAt(whole.period.to);
    const { contracts, closing: valuation } = whole;
    const fits = [whole.opening, whole.closing].flatMap((valued) => valued.fits.map(({ fit }) => fit));
    checkRetention(contract.retention, fits, plans.plansOf);
    const intervals = await intervalsOfContracts({ contracts, valuation }, contract, settings, {
      ...{ terms, first: read.totals.firstDay!, asOf: whole.period.to },
      payments: () => readPaymentsBetween(loaded, whole.period.to),
    });
    const byPlan = service === null || pricing.plan.subscriptions!.plan !== null;
    const recurring = await recurringOf(
      loaded,
      byPlan ? terms : { ...terms, lengthOf: () => null },
      compared,
      settings.digits,
    );
    const warnings = [
      ...known,
      ...populationWarnings({ ...population, notPositive: 0 }, read, settings),
      ...unusedPlans(asked, plans.known),
      ...paymentWarnings(whole.contracts),
      ...priceWarnings(next),
      ...fitWarnings(whole.closing),
    ];
    notes.warnings(warnings);
    return contractStatementReport({
      assumptions: {
        ...assumptionsOf(settings, pricing, read, population.asOf),
        opening: {
          date: compared.assumed?.text ?? 'as given',
          discountRate: openingRate.toFixed(),
          margin: pricing.margin,
        },
        spendFrom: 'all',
      },
      settings: contract,
      lengths: lengthNotes(whole.contracts, asked, plans),
      valueAt: asked.valueAt,
      input: inputOf(
        read,
        pricing,
        [rates, priced].flatMap((one) => (one ? [one.source] : [])),
      ),
      warnings: warningsBlock(warnings),
      population,
      whole,
      series,
      recurring,
      intervals,
    });
  });
}

/** The lengths of the plans as they are known at a date, each date once; lengths that are given are those of every date. */
function lengthsByDate(
  byDate: boolean,
  find: (asOf: Day) => Promise<LengthsOfPlans>,
): (asOf: Day) => Promise<LengthsOfPlans> {
  const known = new Map<Day | null, LengthsOfPlans>();
  return async (asOf) => {
    const key = byDate ? asOf : null;
    const found = known.get(key) ?? (await find(asOf));
    known.set(key, found);
    return found;
  };
}

/** Recurring revenue a month by the periods of the series, or over the whole time, as `clv mrr` has it unless told otherwise. */
async function recurringOf(
  loaded: Loaded,
  terms: TermRules,
  { whole, series }: Dates,
  digits: number,
): Promise<Recurring> {
  const periods = series.length > 0 ? series : [whole];
  const timelines = await timelinesAt(
    loaded,
    {
      terms,
      monthly: { months: 1, weeksAYear: null, digits, rateOn: () => ({ n: 1n, d: 1n }) },
      churnDate: 'after-grace',
      bySubscription: false,
      netOf: null,
    },
    whole.to,
  );
  return rollForward(timelines(), {
    spans: spansBetween([periods[0]!.from, ...periods.map(({ to }) => to)]),
    window: whole,
    movements: { backWithin: null },
    top: 0,
  });
}
