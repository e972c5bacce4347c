import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { openOutput } from '../../cli/output/open.ts';
import type { Settings } from '../../cli/settings.ts';
import { interruptible } from '../../cli/signals.ts';
import { onlyState } from '../../engine/cash-flows.ts';
import { horizonOf } from '../../valuation/fit.ts';
import { type Reused, reuse } from '../../valuation/saved-model.ts';
import { noteOf } from '../../valuation/value.ts';
import { type Asked, cashRowsOf, type StateAsked } from './asked.ts';
import { explainReport } from './document.ts';
import { explainedState } from './explained.ts';
import { customerTerms } from './terms.ts';

/** A state under saved parameters: no transactions, so nothing is read but the model. @throws ClvError E123 */
export async function explainSavedState(asked: Asked, byPeriod: string, settings: Settings): Promise<void> {
  const { saved, format, color } = settings;
  if (!('state' in asked) || saved === null) throw new ClvError('E123', variant('E123', 'transactions'));
  await interruptible(async (signal) => {
    const output = await openOutput(settings.output, signal);
    try {
      const report = reportOf(asked, byPeriod, settings, reuse(saved, onlyState(asked.state), NO_SPEND));
      await output.write(format.write(report, { width: process.stdout.columns ?? 100, color }));
    } finally {
      output.discard();
    }
  });
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
      spend: { ...noteOf(spend.model, { ...spend.fit, ...NOT_FITTED }), correlation: null },
    },
    ...explainedState(state, mean, asOf, customerTerms(reused, cashRowsOf(byPeriod, horizon), settings)),
  });
}
