import type { Day } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { variant, warningsBlock } from '../../base/message-text.ts';
import { assumptionsOf, fitAndValue, inputOf, rollUpCustomers } from '../../cli/assumptions.ts';
import { withOutput } from '../../cli/frame.ts';
import { columns } from '../../cli/option-values.ts';
import { withSavedModel } from '../../cli/saved-model.ts';
import { withTransactions } from '../../cli/session.ts';
import { type Settings, settingsOf } from '../../cli/settings.ts';
import { modelWarnings, populationWarnings } from '../../cli/warnings.ts';
import { onlyState } from '../../engine/cash-flows.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readCustomer } from '../../ledger/steps/customers.ts';
import { checkAskedModels } from '../../valuation/customer-intervals.ts';
import { type Fitted, horizonOf } from '../../valuation/fit.ts';
import { originsOf } from '../../valuation/model-error.ts';
import { type Reused, reuse } from '../../valuation/saved-model.ts';
import { noteOf, type valueCustomers } from '../../valuation/value.ts';
import { type Asked, askedOf, cashRowsOf, type StateAsked } from './asked.ts';
import { explainReport } from './document.ts';
import { type CustomerTerms, customerTerms, type Explained, explainedCustomer, explainedState } from './explained.ts';
import type { Explanation } from './found.ts';
import { mustHaveValue } from './must-have-value.ts';
import type { ExplainOptions } from './options.ts';

/** `clv explain`: value all customers as `clv compute` does → take one → its cash flows. */
export async function explain(files: readonly string[], options: ExplainOptions): Promise<void> {
  const settings = await withSavedModel(settingsOf(options));
  const asked = askedOf(options, settings);
  cashRowsOf(options.byPeriod, settings.horizon);
  if (files.length === 0) return explainSavedState(asked, options.byPeriod, settings);
  const [by, fitBy] = [columns('--by', options.by), columns('--fit-by', options.fitBy)];
  const customerIntervals = options.customerIntervals === true;
  if (customerIntervals) checkAskedModels(settings);
  await withTransactions(files, settings, { by, fitBy }, async ({ ledger, read, pricing, notes, known }) => {
    const origins = customerIntervals ? await originsOf(ledger, settings, settings.asOf) : [];
    const { population, settings: chosen, spend } = await rollUpCustomers({ ledger, notes }, settings);
    if ('id' in asked) await mustHaveValue(ledger, asked.id, population.asOf);
    const early = [...known, ...populationWarnings(population, read, chosen)];
    notes.warnings(early);
    const valued = await fitAndValue({ ledger, notes }, chosen, {
      interval: 'none',
      customerIntervals,
      pool: options.poolSmall === true,
      spend,
      origins,
    });
    const { horizon } = valued.fitted;
    const late = modelWarnings(valued.groups, chosen, horizon);
    notes.warnings(late);
    const warnings = [...early, ...late];
    return explainReport({
      assumptions: assumptionsOf({ ...chosen, horizon }, pricing, read, population.asOf),
      input: inputOf(read, pricing),
      warnings: warningsBlock(warnings),
      population,
      ...(await explained(ledger, asked, population.asOf, { ...valued, customerIntervals }, (group) =>
        customerTerms(group, cashRowsOf(options.byPeriod, horizon), chosen),
      )),
    });
  });
}

/** The one that is asked for: a customer by the models of its group, a state by those of all. */
async function explained(
  ledger: Ledger,
  asked: Asked,
  asOf: Day,
  {
    fitted,
    groups,
    source,
    customerIntervals,
  }: Awaited<ReturnType<typeof valueCustomers>> & { readonly customerIntervals: boolean },
  terms: (group: Fitted) => CustomerTerms,
): Promise<Explained & Pick<Explanation, 'group' | 'source'>> {
  if ('state' in asked) {
    const one = explainedState(asked.state, asked.mean, asOf, terms(fitted.groups[0]!));
    return { ...one, group: groups[0]!, source };
  }
  const found = await readCustomer(ledger.loaded, asked.id, { intervals: customerIntervals });
  const at = groups.findIndex(({ name }) => name.every((value, i) => value === found?.group[i]));
  if (!found || at < 0) throw new ClvError('E500', { detail: 'a customer without value or group' });
  return { ...explainedCustomer(found.block, terms(fitted.groups[at]!)), group: groups[at]!, source };
}

/** A state under saved parameters: no transactions, so nothing is read but the model. @throws ClvError E123 */
async function explainSavedState(asked: Asked, byPeriod: string, settings: Settings): Promise<void> {
  const { saved } = settings;
  if (!('state' in asked) || saved === null) throw new ClvError('E123', variant('E123', 'transactions'));
  await withOutput(settings, undefined, ({ write }) =>
    write(reportOf(asked, byPeriod, settings, reuse(saved, onlyState(asked.state), NO_SPEND, settings.asOf))),
  );
}

const NO_SPEND = { length: 0, x: new Int32Array(), mean: new Float64Array(), count: new Float64Array() };
/** One state tells nothing about the model: neither its likelihood nor a number of customers. */
const NOT_FITTED = { logLikelihood: Number.NaN, customers: 0 };

function reportOf(
  { state, mean }: StateAsked,
  byPeriod: string,
  settings: Settings,
  reused: Reused,
): ReturnType<typeof explainReport> {
  const { model, fit, spend, source } = reused;
  const { asOf, spendFrom, currency, digits } = settings;
  const horizon = horizonOf(settings, [reused]);
  return explainReport({
    assumptions: {
      asOf,
      currency,
      digits,
      discountRate: settings.discountRate.toFixed(),
      horizon: horizon.text,
      margin: mean === null ? 'that of all customers, of the model' : 'the mean margin given',
      spendFrom,
      roundedAmounts: null,
      by: [],
      segmentFrom: settings.segmentFrom,
      fitBy: [],
    },
    input: { files: [], tables: [] },
    warnings: [],
    population: null,
    source,
    group: {
      name: [],
      pooled: false,
      model: noteOf(model, { ...fit, ...NOT_FITTED }),
      spend: { ...noteOf(spend.model, { ...spend.fit, ...NOT_FITTED }), spendFrom, correlation: null },
    },
    ...explainedState(state, mean, asOf, customerTerms(reused, cashRowsOf(byPeriod, horizon), settings)),
  });
}
