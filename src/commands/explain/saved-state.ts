import { ClvError } from '../../base/errors.ts';
import { withOutput } from '../../cli/frame.ts';
import type { Settings } from '../../cli/settings.ts';
import type { CashRows } from '../../engine/cash-flows.ts';
import { onlyState } from '../../engine/cash-flows.ts';
import { type Reused, reuse } from '../../valuation/saved-model.ts';
import { noteOf } from '../../valuation/value.ts';
import type { Asked, StateAsked } from './asked.ts';
import { explainReport } from './document.ts';
import { explainedState } from './explained.ts';
import { termsOf } from './terms.ts';

/** A state under saved parameters: no transactions, so nothing is read but the model. @throws ClvError E123 */
export async function explainSavedState(asked: Asked, rows: CashRows, settings: Settings): Promise<void> {
  const { saved } = settings;
  if (!('state' in asked) || saved === null)
    throw new ClvError('E123', {
      what: 'a file of transactions',
      remedy: 'give FILES, - for standard input, or a --state with --use-model FILE',
    });
  await withOutput(settings, undefined, ({ write }) =>
    write(reportOf(asked, rows, settings, reuse(saved, onlyState(asked.state), NO_SPEND))),
  );
}

const NO_SPEND = { length: 0, x: new Int32Array(), mean: new Float64Array(), count: new Float64Array() };
/** One state tells nothing about the model: neither its likelihood nor a number of customers. */
const NOT_FITTED = { logLikelihood: Number.NaN, customers: 0 };

function reportOf(
  { state, mean }: StateAsked,
  rows: CashRows,
  settings: Settings,
  reused: Reused,
): ReturnType<typeof explainReport> {
  const { model, fit, spend, source } = reused;
  const { asOf, spendFrom, currency, digits } = settings;
  return explainReport({
    assumptions: {
      asOf,
      currency,
      digits,
      discountRate: settings.discountRate.toFixed(),
      horizon: settings.horizon.text,
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
      spend: { ...noteOf(spend.model, { ...spend.fit, ...NOT_FITTED }), correlation: null },
    },
    ...explainedState(state, mean, asOf, termsOf(model, reused, rows, settings)),
  });
}
