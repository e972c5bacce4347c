import { unitsText } from '../../../base/money.ts';
import { objectOf } from '../../../data/lists.ts';
import { Exact, FIGURE_DIGITS, type Json, type Report } from '../../../data/report.ts';
import { TIMINGS } from '../../../engine/contracts/timing.ts';
import { horizonText } from '../../../report/methodology.ts';
import { ONE_RATE_COLUMNS, oneRateRow } from '../../../valuation/contracts/comparison.ts';
import { costNote } from '../../../valuation/contracts/terms.ts';
import type { SurvivorValuation } from '../../../valuation/survivors/value.ts';
import { cohortsSection, survivalSection, tenuresSection } from './lists.ts';
import { hasCohorts, type SurvivorNotes, survivorViews } from './views.ts';

export type { SurvivorNotes } from './views.ts';

/** The report of `clv compute --survivors`: residual value by tenure, equity of the customers alive, projected survival. */
export function survivorsReport(valuation: SurvivorValuation, notes: SurvivorNotes): Report {
  const { name, sha256, bytes, records } = notes.table;
  return {
    command: 'compute',
    document: [
      ['$schema', 'urn:clv:compute:1.0'],
      ['schema_version', '1.0'],
      ['command', 'compute'],
      ['methodology', methodology(valuation, notes)],
      ['input', { files: [], tables: [{ name, sha256, bytes, records }] }],
      ['warnings', notes.warnings.map(({ code, message }) => ({ code, message }))],
      ['model', modelBlock(valuation)],
      ['summary', summary(valuation)],
      ['tenures', tenuresSection(valuation)],
      ['cohorts', hasCohorts(valuation) ? cohortsSection(valuation) : []],
      ['survival', survivalSection(valuation)],
    ],
    main: 'tenures',
    views: survivorViews(valuation, notes),
  };
}

function methodology({ settings }: SurvivorValuation, { currency, horizon }: SurvivorNotes): Json {
  return {
    as_of: null,
    currency,
    discount_rate_annual: new Exact(settings.discountRate.toFixed()),
    periods_per_year: settings.periodsPerYear,
    horizon: horizonText(horizon),
    timing: `${settings.timing}: ${TIMINGS[settings.timing].words}; discounted by whole periods`,
    margin: `${settings.marginPerPeriod.toFixed()} a customer and period`,
    margin_growth_annual: new Exact(settings.growth.toFixed()),
    retention_cost: costNote(settings),
    population: 'customers alive at the end of their cohort in the survivor table',
    definition:
      'residual value: present value of the expected future margin of a customer alive, by renewals made so far, ' +
      'excluding margin already earned and acquisition cost; customer equity: customers × residual value, ' +
      'the value of each customer rounded to the minor unit',
  };
}

function modelBlock({ settings, fit }: SurvivorValuation): Json {
  const { name, parameterNames } = settings.model;
  const by = (values: readonly number[]): Json => Object.fromEntries(parameterNames.map((key, i) => [key, values[i]!]));
  return {
    name,
    time_unit: 'period',
    parameters: by(fit.parameters),
    standard_errors: fit.covariance && by(fit.covariance.map((row, i) => Math.sqrt(row[i]!))),
    log_likelihood: Number.isFinite(fit.logLikelihood) ? new Exact(fit.logLikelihood.toFixed(FIGURE_DIGITS)) : null,
    customers: fit.customers,
  };
}

function summary(valuation: SurvivorValuation): Json {
  const { customers, equity, equityInterval, prospectValue, oneRate, settings } = valuation;
  const money = (units: bigint): Exact => new Exact(unitsText(units, settings.digits));
  return {
    customers,
    customer_equity: money(equity),
    customer_equity_interval: equityInterval?.map(money) ?? null,
    prospect_value: money(prospectValue),
    ...objectOf(ONE_RATE_COLUMNS, oneRateRow(oneRate, settings.digits)),
  };
}
