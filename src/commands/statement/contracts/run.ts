import { type Day, isoOf } from '../../../base/calendar.ts';
import { warningsBlock } from '../../../base/message-text.ts';
import { assumptionsOf, inputOf } from '../../../cli/assumptions.ts';
import { checkContractsLike, contractsOfClose, sayClose, type Taken } from '../../../cli/closes/choices.ts';
import { columnsIn } from '../../../cli/contracts/columns.ts';
import { ContractsByDate, type ContractsOpening, openingOfClose } from '../../../cli/contracts/dated.ts';
import { intervalsOfContracts } from '../../../cli/contracts/intervals.ts';
import { lengthNotes, unusedPlans } from '../../../cli/contracts/plan-lengths.ts';
import { readRates } from '../../../cli/contracts/rates.ts';
import { checkPace, paymentWarnings, priceBookOf, priceWarnings } from '../../../cli/contracts/reading.ts';
import { contractsAsked } from '../../../cli/contracts/saved.ts';
import { serviceIn } from '../../../cli/contracts/service.ts';
import { checkRetention } from '../../../cli/contracts/terms.ts';
import { fitWarnings } from '../../../cli/contracts/value.ts';
import { columns, rate } from '../../../cli/option-values.ts';
import { sectionsAsked } from '../../../cli/output/sections.ts';
import { withTransactions } from '../../../cli/session.ts';
import { settingsOf } from '../../../cli/settings.ts';
import { populationWarnings } from '../../../cli/warnings.ts';
import type { Close } from '../../../data/books/close.ts';
import type { TermRules } from '../../../data/subscriptions/payments.ts';
import { spansBetween } from '../../../engine/subscriptions/recurring/spans.ts';
import { readRestated } from '../../../ledger/steps/books/restatements.ts';
import { readPaymentsBetween } from '../../../ledger/steps/subscriptions/payments.ts';
import type { Loaded } from '../../../ledger/store.ts';
import { statementOf } from '../../../report/statement/found.ts';
import { STATEMENT_NAMES } from '../../../report/statement/lists.ts';
import { type ContractsMoved, compareSubscriptions } from '../../../valuation/contracts/ladder/between.ts';
import { type Recurring, rollForward } from '../../../valuation/subscriptions/recurring.ts';
import { timelinesAt } from '../../../valuation/subscriptions/timelines.ts';
import { checkOptions, datesAsked, sayOpening } from '../asked.ts';
import { type Dates, datesOf } from '../dates.ts';
import type { StatementOptions } from '../options.ts';
import { SECTIONS } from '../sections.ts';
import { contractStatementReport } from './document.ts';

/**
 * `clv statement --contract`: dates → subscriptions as of both → what moved between them, and in each period → report.
 * @param close that it opens with; null: none
 */
export async function statementOfContracts(
  files: readonly string[],
  { options, named, words }: Taken<StatementOptions>,
  close: Close | null,
): Promise<void> {
  checkOptions(named);
  const dates = datesAsked(close ? { ...options, from: isoOf(close.asOf) } : options);
  const settings = { ...settingsOf({ ...options, model: 'auto' }), asOf: dates.to };
  const how = { ...options, interval: 'covariance' };
  const { contract, asked } = await contractsAsked(how, settings.horizon, named);
  const { fromDiscountRate } = options;
  const openingRate =
    fromDiscountRate === undefined ? settings.discountRate : rate('--from-discount-rate', fromDiscountRate, 'discount');
  const by = columns('--by', options.by);
  const fitBy = columns('--fit-by', options.fitBy);
  const shape = {
    by,
    fitBy,
    taken: STATEMENT_NAMES,
    subscriptions: columnsIn(asked),
    sections: sectionsAsked(options, SECTIONS),
  };
  await withTransactions(files, settings, shape, async (session) => {
    const { ledger, read, pricing, notes, known } = session;
    const { loaded } = ledger;
    if (close) {
      checkContractsLike(close, options, settings, pricing);
      sayClose(close, words, notes);
    }
    const compared = datesOf(dates, read.totals.firstDay!, read.totals.lastDay!, '--retention RATE');
    sayOpening(compared, notes);
    const priced = await priceBookOf(asked, settings);
    const rates = await readRates(options.retentionFile, pricing.by);
    const basis = { contract, asked, priced, rates, service: serviceIn(asked, pricing, read, settings.digits) };
    const { service } = basis;
    const now = new ContractsByDate(session, basis, settings);
    const then = close && openingOfClose(session, basis, settings, close);
    const opening = async (from: Day): Promise<ContractsOpening> =>
      then ? then(from) : { contracts: await now.at(from, openingRate), reported: null };
    const between = async ({ from, to }: Dates['whole'], before: ContractsOpening) => {
      const after = await now.at(to);
      const found = await compareSubscriptions(
        ledger,
        { from, to },
        {
          ...{ opening: before.contracts, closing: after, reported: before.reported },
          assumed: compared.assumed && compared.whole.from,
          check: (contracts: ContractsMoved['contracts']): void => {
            checkPace(contracts, asked);
            for (const { next } of [before.contracts, after]) next?.check();
          },
        },
        (stage) => notes.stage(stage),
      );
      return { ...found, next: after.next };
    };
    const series: ContractsMoved[] = [];
    for (const [i, period] of compared.series.entries()) {
      const before = i === 0 ? await opening(period.from) : { contracts: await now.at(period.from), reported: null };
      series.push((await between(period, before)).moved);
    }
    const { moved: whole, population, next } = await between(compared.whole, await opening(compared.whole.from));
    const restated = close && (await readRestated(loaded, close.number, statementOf(whole).total.restatements));
    notes.stage('finding what moved');
    const { terms } = (await now.at(whole.period.to)).reading;
    const plans = await now.plansAt(whole.period.to);
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
          date: close ? `close ${close.number}, as reported` : (compared.assumed?.text ?? 'as given'),
          discountRate: (close ? contractsOfClose(close).discountRate : openingRate).toFixed(),
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
      restated,
    });
  });
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
