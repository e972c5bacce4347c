import { sumOf } from '../../aggregator/segments.ts';
import { ClvError } from '../../base/errors.ts';
import { variant, warningsBlock } from '../../base/message-text.ts';
import { assumptionsOf, fitAndValue, inputOf, rollUpCustomers } from '../../cli/assumptions.ts';
import { checkGroups } from '../../cli/groups.ts';
import { intervalKind } from '../../cli/interval-kind.ts';
import { columns, optionError, whole } from '../../cli/option-values.ts';
import { sectionsAsked } from '../../cli/output/sections.ts';
import { checkListed } from '../../cli/output/writing.ts';
import { openModelFile, withSavedModel } from '../../cli/saved-model.ts';
import { withTransactions } from '../../cli/session.ts';
import { type Settings, settingsOf } from '../../cli/settings.ts';
import { modelWarnings, populationWarnings } from '../../cli/warnings.ts';
import { customerColumns } from '../../data/customer-columns.ts';
import { isTarget, tableIn } from '../../ledger/registry.ts';
import { addReported } from '../../ledger/steps/books/reported.ts';
import { readScores } from '../../ledger/steps/chosen/scores.ts';
import { readSpread } from '../../ledger/steps/spread/spread.ts';
import { withParquet } from '../../reporter/parquet.ts';
import { STORE_FORMATS } from '../../reporter/registry.ts';
import { activityOf } from '../../valuation/activity.ts';
import { checkAskedModels } from '../../valuation/customer-intervals.ts';
import { frequenciesOf } from '../../valuation/frequencies.ts';
import { heterogeneityOf } from '../../valuation/heterogeneity.ts';
import type { IntervalKind } from '../../valuation/intervals.ts';
import { originsOf } from '../../valuation/model-error.ts';
import { customersIn, listAsked, listsCustomers } from './customer-list.ts';
import { computeReport } from './document.ts';
import { closeBefore, marksAsked, unreadColumns } from './marks.ts';
import type { ComputeOptions } from './options.ts';
import { SECTIONS } from './sections.ts';

/** Results are kept beside the transactions: E122 where those are in files; E101, E457 where no table can be that. */
function checkInto(files: readonly string[], { into }: Pick<ComputeOptions, 'into'>): void {
  if (into === undefined) return;
  const address = tableIn(files);
  if (address !== null) {
    if (isTarget(into, address)) return;
    optionError('--into', JSON.stringify(into), 'no table');
  }
  throw new ClvError('E122', { option: '--into', ...variant('E122', 'files') });
}

/** Whether every customer has intervals. E122 where none are wanted, nobody is listed or kept, or no model has them. */
function asksIntervals(
  options: Pick<ComputeOptions, 'customerIntervals' | 'customers' | 'section' | 'into'>,
  interval: IntervalKind,
  settings: Settings,
): boolean {
  if (!options.customerIntervals) return false;
  const option = '--customer-intervals';
  if (interval === 'none') throw new ClvError('E122', { option, ...variant('E122', 'no intervals') });
  if (options.into === undefined && !listsCustomers(options))
    throw new ClvError('E122', { option, ...variant('E122', 'no list') });
  checkAskedModels(settings);
  return true;
}

/** `clv compute`: roll up customers → fit → value → aggregate. */
export async function compute(files: readonly string[], options: ComputeOptions): Promise<void> {
  const settings = await withSavedModel(settingsOf(options, STORE_FORMATS));
  const by = columns('--by', options.by);
  const fitBy = columns('--fit-by', options.fitBy);
  const pool = options.poolSmall === true;
  checkGroups(options);
  checkInto(files, options);
  const top = whole('--top', options.top, 0, 1_000_000);
  const interval = intervalKind(options.interval);
  if (interval === 'none' && typeof settings.modelError === 'number')
    throw new ClvError('E122', { option: '--model-error', ...variant('E122', 'no interval') });
  const listed = listsCustomers(options);
  const marks = marksAsked(options, settings);
  const customerIntervals = asksIntervals(options, interval, settings);
  const unread = unreadColumns(marks, customerIntervals);
  const { digits } = settings;
  await withTransactions(
    files,
    settings,
    {
      by,
      fitBy,
      nameless: !listed && options.into === undefined && !marks.change,
      sections: sectionsAsked(options, SECTIONS.purchases),
      taken: customerColumns(unread).map(({ name }) => name),
    },
    async ({ ledger, read, pricing, notes, known, keep }) => {
      const asked = listAsked(options, unread, pricing.by, digits);
      const saveModel = await openModelFile(options.saveModel);
      const origins = interval === 'none' ? [] : await originsOf(ledger, settings, settings.asOf);
      const { population, settings: chosen, spend } = await rollUpCustomers({ ledger, notes }, settings, true);
      if (listed && asked.only === null) checkListed(settings, 'customers', population.valued.customers);
      const since = marks.change ? closeBefore(pricing.book, population.asOf, settings) : null;
      if (since) await addReported(ledger.loaded, since.number);
      const early = [...known, ...populationWarnings(population, read, chosen)];
      notes.warnings(early);
      const { warnings, ...valued } = await fitAndValue({ ledger, notes }, chosen, {
        interval,
        customerIntervals,
        nextPurchase: marks.next,
        pool,
        spend,
        origins,
      });
      const { horizon } = valued.fitted;
      const late = [...modelWarnings(valued.groups, chosen, horizon), ...warnings];
      notes.warnings(late);
      const { files, table } = read;
      const modelError = valued.intervals?.modelError ?? null;
      const { spendFrom } = chosen;
      if (options.saveModel !== undefined)
        keep(() => saveModel({ asOf: population.asOf, files, table, spendFrom, modelError, ...valued.groups[0]! }));
      const { into } = options;
      const counted = spendFrom === 'all' ? 1 : 0;
      const { parts } = marks;
      const scores = parts === null ? null : await readScores(ledger.loaded, population.asOf, parts, digits);
      const told = { ...unread, scores, since };
      const list = { segments: pricing.by.length, counted, digits, ...told } as const;
      const names = ['customer_id', ...pricing.by, ...customerColumns(list).map(({ name }) => name)];
      const totals = await ledger.totals();
      const whole = sumOf(totals);
      const { customers, clv } = whole;
      if (into !== undefined) keep(() => ledger.exports.keep!(into, names, list, { rows: customers, sum: clv }));
      const report = computeReport({
        assumptions: { ...assumptionsOf({ ...chosen, horizon }, pricing, read, population.asOf), top },
        input: inputOf(read, pricing),
        warnings: warningsBlock([...early, ...late]),
        population,
        ...valued,
        totals,
        spread: readSpread(ledger.loaded, totals),
        frequencies: () => frequenciesOf(valued.fitted),
        activity: () => activityOf(valued.fitted, valued.factors),
        differences: heterogeneityOf(valued.fitted),
        listed: told,
        customers: listed ? await customersIn({ ledger, notes }, whole, asked, list, settings.currency) : null,
      });
      return withParquet(report, digits, ledger.exports.parquetOf);
    },
  );
}
