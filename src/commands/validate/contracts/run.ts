import { isoOf } from '../../../base/calendar.ts';
import { ClvError, type Warning } from '../../../base/errors.ts';
import { messageText, variant, warningsBlock } from '../../../base/message-text.ts';
import { grouped } from '../../../base/money.ts';
import { inputOf } from '../../../cli/assumptions.ts';
import { columnsIn } from '../../../cli/contracts/columns.ts';
import { lengthNotes, planLengths, unusedPlans } from '../../../cli/contracts/plan-lengths.ts';
import { checkPace, contractReading, paymentsAsked, paymentWarnings } from '../../../cli/contracts/reading.ts';
import { serviceIn } from '../../../cli/contracts/service.ts';
import { sectionsAsked } from '../../../cli/output/sections.ts';
import { withTransactions } from '../../../cli/session.ts';
import { settingsOf } from '../../../cli/settings.ts';
import { populationWarnings } from '../../../cli/warnings.ts';
import type { Contracts } from '../../../data/contracts.ts';
import { contractText } from '../../../report/contracts.ts';
import { inputBlock } from '../../../report/input.ts';
import { marginNotes } from '../../../report/methodology.ts';
import { contractsAtOrigins } from '../../../valuation/backtest/contracts/at-origins.ts';
import type { SummedBacktest } from '../../../valuation/backtest/contracts/by-length.ts';
import { contractSummaries } from '../../../valuation/backtest/contracts/scores.ts';
import type { ValidateOptions } from '../options.ts';
import { SECTIONS } from '../sections.ts';
import { askedSpan, originsOf } from '../span.ts';
import { contractValidationReport } from './document.ts';
import { contractModels } from './models.ts';

/** `clv validate --contract`: at each origin payments → runs of paid periods → fit → predict → compare with what happened. */
export async function validateContracts(
  files: readonly string[],
  options: ValidateOptions,
  typed: readonly string[],
): Promise<void> {
  const settings = settingsOf({ ...options, model: 'pareto-nbd' });
  const models = contractModels(options, typed);
  if (options.useModel !== undefined)
    throw new ClvError('E122', { option: '--use-model', ...variant('E122', 'models of a file') });
  const payments = paymentsAsked(options);
  const asked = askedSpan(options);
  const { currency, digits } = settings;
  await withTransactions(
    files,
    settings,
    { subscriptions: columnsIn(payments), sections: sectionsAsked(options, SECTIONS.contract) },
    async ({ ledger, read, pricing, notes, known }) => {
      const dates = { first: read.totals.firstDay!, until: settings.asOf ?? read.totals.lastDay! };
      const { span, step, origins } = originsOf(asked, dates);
      const service = serviceIn(payments, pricing, read, digits);
      const plans = await planLengths({ ledger, notes }, payments, dates.until, service);
      const check = (contracts: Contracts): void => checkPace(contracts, payments);
      const { scores, backtest, contracts, population } = await contractsAtOrigins(
        ledger,
        { reading: contractReading(payments, plans, service, null), check, modelError: settings.modelError },
        models,
        origins,
        (stage) => notes.stage(stage),
      );
      const { asOf, until } = origins.at(-1)!;
      const warnings = [
        ...known,
        ...populationWarnings({ ...population, notPositive: 0, costsLeft: 0n }, read, settings),
        ...unusedPlans(payments, plans.known),
        ...paymentWarnings(contracts),
        ...leftOutWarnings(backtest),
      ];
      notes.warnings(warnings);
      const { happened, trials, lengths } = backtest;
      const contract = contractText(lengthNotes(contracts, payments, plans));
      return contractValidationReport({
        money: { currency, digits },
        methodology: {
          as_of: isoOf(asOf),
          currency,
          discount_rate_annual: null,
          horizon: `the holdout, ${span.text}`,
          timing: 'undiscounted',
          ...marginNotes({
            margin: pricing.margin,
            spendFrom: 'all',
            roundedAmounts: read.roundedAmounts,
            decimalMark: read.markMatters ? read.decimalMark : null,
          }),
          spend_from: 'the last run of paid terms: its margin by its terms; extra and one-off payments left out',
          contract,
          population: 'customers whose subscription runs on the as-of date',
        },
        input: inputBlock({ input: inputOf(read, pricing), population, assumptions: { digits } }),
        warnings: warningsBlock(warnings),
        holdout: { from: isoOf(asOf + 1), to: isoOf(until), days: until - asOf },
        span: span.text,
        facts: [
          { label: 'Holdout', value: `${isoOf(asOf + 1)} to ${isoOf(until)}` },
          {
            label: 'Customers',
            value: `${grouped(String(happened.customers))} whose subscription ran on ${isoOf(asOf)}; later ones are left out`,
          },
          { label: 'Contract', value: contract },
          { label: 'Margin taken as', value: pricing.margin },
        ],
        trials,
        happened,
        lengths: lengths.length > 1 ? lengths : [],
        rolling: step === null ? null : { step, unit: 'day', scores, summaries: contractSummaries(scores) },
      });
    },
  );
}

/** W342 lengths that no model fits, where others are fitted. */
function leftOutWarnings({ leftOut }: SummedBacktest): readonly Warning[] {
  return leftOut.map(({ length, happened, failure }) => {
    const { code, values } = failure!;
    return {
      code: 'W342',
      values: { length, customers: happened.customers, code, reason: messageText(code, values) },
    };
  });
}
