import { sumOf } from '../../../aggregator/segments.ts';
import { ClvError } from '../../../base/errors.ts';
import { warningsBlock } from '../../../base/message-text.ts';
import { assumptionsOf, inputOf } from '../../../cli/assumptions.ts';
import { checkContractsLike, contractChoicesOf, contractsOfClose } from '../../../cli/closes/choices.ts';
import { marginsText } from '../../../cli/closes/margins-taken.ts';
import { columnsIn } from '../../../cli/contracts/columns.ts';
import { ContractsByDate, openingOfClose } from '../../../cli/contracts/dated.ts';
import { intervalsOfContracts } from '../../../cli/contracts/intervals.ts';
import { checkPace, type PaymentsAsked, priceBookOf } from '../../../cli/contracts/reading.ts';
import { contractModelText, contractsAsked } from '../../../cli/contracts/saved.ts';
import { serviceIn } from '../../../cli/contracts/service.ts';
import type { TypedContract } from '../../../cli/contracts/terms.ts';
import { valueSubscriptions } from '../../../cli/contracts/value.ts';
import { columns } from '../../../cli/option-values.ts';
import { sectionsAsked } from '../../../cli/output/sections.ts';
import { type Session, withTransactions } from '../../../cli/session.ts';
import { type Settings, settingsOf } from '../../../cli/settings.ts';
import type { Close, NewClose } from '../../../data/books/close.ts';
import { readRestated } from '../../../ledger/steps/books/restatements.ts';
import { writeWorth } from '../../../ledger/steps/contracts.ts';
import { readCustomerPayments } from '../../../ledger/steps/subscriptions/payments.ts';
import { statementOf } from '../../../report/statement/found.ts';
import { STATEMENT_NAMES } from '../../../report/statement/lists.ts';
import { subscribersOf } from '../../../valuation/contracts/by-fit.ts';
import { compareSubscriptions } from '../../../valuation/contracts/ladder/between.ts';
import { type CloseAsked, checkLater, keptIn, sayAsked } from '../kept.ts';
import { SECTIONS } from '../sections.ts';
import { contractCloseReport } from './document.ts';
import type { ContractsSince } from './found.ts';

/** `clv close --contract`: value as compute does → compare with the close before → report, and keep the close in the book. */
export async function closeContracts(asked: CloseAsked): Promise<void> {
  const { file, before, taken, words, version } = asked;
  const { options, named } = taken;
  const settings = settingsOf({ ...options, model: 'auto' });
  const how = { ...options, interval: 'covariance' };
  const { contract, asked: payments } = await contractsAsked(how, settings.horizon, named);
  checkLater(asked, settings);
  const by = columns('--by', options.by);
  const fitBy = columns('--fit-by', options.fitBy);
  const shape = {
    by,
    fitBy,
    taken: STATEMENT_NAMES,
    subscriptions: columnsIn(payments),
    sections: sectionsAsked(options, before ? SECTIONS.later : SECTIONS.first),
  };
  await withTransactions([file], settings, shape, async (session) => {
    const { ledger, read, pricing, notes, keep } = session;
    if (before) checkContractsLike(before, options, settings, pricing);
    sayAsked(asked, settings, session);
    const valued = await valueSubscriptions(session, settings, contract, payments);
    const { population, contracts, valuation, lengths } = valued;
    notes.stage('finding intervals');
    const intervals = await intervalsOfContracts(valued, contract, settings, {
      ...{ terms: valued.reading.terms, first: read.totals.firstDay!, asOf: population.asOf },
      payments: () => readCustomerPayments(ledger.loaded, population.asOf),
    });
    notes.stage('valuing customers');
    await writeWorth(ledger.loaded, subscribersOf(contracts, valuation.worth));
    const totals = await ledger.totals();
    const { customers, revenue, margin, clv } = sumOf(totals);
    const keepClose = await keptIn(asked, session);
    const modelError = intervals?.modelError ?? null;
    const { files, table } = read;
    const kept: NewClose = {
      asOf: population.asOf,
      closedAt: new Date().toISOString(),
      version,
      options: words,
      choices: contractChoicesOf(options, settings, contract.model.name),
      margins: marginsText(pricing.margins),
      model: contractModelText({
        ...{ asOf: population.asOf, files, table, fitBy: pricing.fitBy },
        ...{ valuation, lengths, modelError },
      }),
      currency: settings.currency,
      digits: settings.digits,
      by: pricing.by,
      customers,
      equity: clv,
      expectedActive: valuation.alive,
      revenue,
      margin,
    };
    const assumptions = {
      ...assumptionsOf(settings, pricing, read, population.asOf),
      spendFrom: 'all' as const,
      top: 0,
    };
    const since = before && (await sinceClose(session, before, { settings, contract, payments, kept, assumptions }));
    keep(() => keepClose(kept));
    return contractCloseReport({
      number: (before?.number ?? 0) + 1,
      kept,
      assumptions,
      settings: contract,
      lengths,
      valueAt: payments.valueAt,
      input: inputOf(read, pricing, valued.tables),
      population,
      valuation,
      intervals,
      warnings: warningsBlock(valued.warnings),
      totals,
      since,
    });
  });
}

/**
 * What moved since a close: its opening is what was reported, its closing the valuation.
 * @throws ClvError E501 where the statement closes with something else
 */
async function sinceClose(
  session: Session,
  before: Close,
  {
    settings,
    contract,
    payments,
    kept,
    assumptions,
  }: {
    readonly settings: Settings;
    readonly contract: TypedContract;
    readonly payments: PaymentsAsked;
    readonly kept: NewClose;
    readonly assumptions: Omit<ContractsSince['assumptions'], 'opening'>;
  },
): Promise<ContractsSince> {
  const { ledger, read, pricing, notes } = session;
  const basis = {
    ...{ contract, asked: payments, rates: null },
    priced: await priceBookOf(payments, settings),
    service: serviceIn(payments, pricing, read, settings.digits),
  };
  const [from, to] = [before.asOf, kept.asOf];
  const { contracts: opening, reported } = await openingOfClose(session, basis, settings, before)(from);
  const closing = await new ContractsByDate(session, basis, settings).at(to);
  const { moved } = await compareSubscriptions(
    ledger,
    { from, to },
    {
      ...{ opening, closing, reported, assumed: null },
      check: (contracts) => {
        checkPace(contracts, payments);
        for (const { next } of [opening, closing]) next?.check();
      },
    },
    (stage) => notes.stage(stage),
  );
  const { total } = statementOf(moved);
  if (total.closing !== kept.equity)
    throw new ClvError('E501', {
      what: 'closing of the statement',
      reader: String(kept.equity),
      ledger: String(total.closing),
    });
  return {
    close: before,
    assumptions: {
      ...assumptions,
      opening: {
        date: `close ${before.number}, as reported`,
        discountRate: contractsOfClose(before).discountRate.toFixed(),
        margin: pricing.margin,
      },
    },
    moved,
    restated: await readRestated(ledger.loaded, before.number, total.restatements),
  };
}
