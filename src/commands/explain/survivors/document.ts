import { grouped, unitsText } from '../../../base/money.ts';
import { plural } from '../../../base/plural.ts';
import { Exact, type Fact, FIGURE_DIGITS, type Json, type Report, type View } from '../../../data/report.ts';
import { envelope } from '../../../report/found.ts';
import {
  type SurvivorNotes,
  survivorBasisFacts,
  survivorInput,
  survivorMethodology,
  survivorModelBlock,
} from '../../../report/survivors.ts';
import { listView, moneyIn } from '../../../report/views.ts';
import type { SurvivorValuation } from '../../../valuation/survivors/value.ts';
import { cohortAnswer, flowsPicture } from '../answer.ts';
import { type CashTotals, cashFlowsSection, withTotal } from '../cash-flows.ts';

/** Why the customers alive of one cohort are worth what they are. Money in minor units. */
export interface ExplainedCohort extends SurvivorNotes {
  readonly valuation: SurvivorValuation;
  /** Null where the table has no cohorts. */
  readonly cohort: string | null;
  readonly acquired: number;
  /** Renewals made by each of the customers alive. */
  readonly made: number;
  readonly customers: number;
  /** Of a customer; and retention of the next renewal: null where nobody is left. */
  readonly residualValue: bigint;
  readonly retentionNext: number | null;
  readonly totals: CashTotals;
}

/** The report of `clv explain --survivors`: a cohort, and the cash flows that the value of its customers is the sum of. */
export function survivorExplainReport(explained: ExplainedCohort): Report {
  const { valuation, totals } = explained;
  const { digits } = valuation.settings;
  return {
    command: 'explain',
    document: [
      ...envelope(
        'explain',
        explained,
        { ...survivorMethodology(valuation, explained), cash_flows: DEFINITION },
        survivorInput(explained.table),
      ),
      ['model', survivorModelBlock(valuation)],
      ['cohort', cohortBlock(explained)],
      ['cash_flows', cashFlowsSection(totals, null, digits, 'expected_payments')],
    ],
    main: 'cash_flows',
    views: views(explained),
    answer: async () => cohortAnswer(explained, moneyIn({ digits, currency: explained.currency })),
  };
}

const DEFINITION =
  'of the customers alive of the cohort: figures of one customer, each the rounded whole up to the end of the row less that up to ' +
  'its start, times the customers, so the present values sum to customers × residual value; a row has the payments of whole ' +
  'periods, the first of them as timing says; expected_payments: chances that each is made, summed; expected_margin: margin a ' +
  'period, grown, of these, less retention cost; discount_factor: discounted over undiscounted expected payments of the row, ' +
  'growth in both';

function cohortBlock({ valuation, cohort, ...one }: ExplainedCohort): Json {
  const money = (units: bigint): Json => new Exact(unitsText(units, valuation.settings.digits));
  return {
    cohort,
    customers_acquired: one.acquired,
    tenure: one.made,
    customers: one.customers,
    retention_next: one.retentionNext === null ? null : new Exact(one.retentionNext.toFixed(FIGURE_DIGITS)),
    residual_value: money(one.residualValue),
    customer_equity: money(one.totals.values.at(-1)!),
  };
}

function views(explained: ExplainedCohort): readonly View[] {
  const { valuation, cohort, totals, currency } = explained;
  const { settings } = valuation;
  const money = moneyIn({ digits: settings.digits, currency });
  const title = cohort === null ? 'Customers of the table' : `Customers of cohort ${cohort}`;
  const facts: readonly Fact[] = [
    { label: 'Customer equity', value: money(totals.values.at(-1)!) },
    { label: 'Residual value', value: `${money(explained.residualValue)} a customer alive` },
    {
      label: 'Customers alive',
      value: `${grouped(String(explained.customers))} of ${grouped(String(explained.acquired))} acquired`,
    },
    { label: 'Renewals made', value: `${explained.made} ${plural(explained.made, 'renewal', 'renewals')} each` },
    ...(explained.retentionNext === null
      ? []
      : [
          {
            label: 'Next renewal',
            value: `${explained.retentionNext.toFixed(FIGURE_DIGITS)}, the chance that it is made`,
          },
        ]),
    ...survivorBasisFacts(valuation, explained),
  ];
  return [
    { type: 'facts', title, facts },
    listView(
      `Expected cash flows by ${totals.rows.period.name}`,
      withTotal(totals, null, settings.digits, 'expected_payments'),
      {
        period: 'Period',
        expected_payments: 'Expected payments',
        expected_margin: 'Expected margin',
        discount_factor: 'Discount factor',
        present_value: 'Present value',
      },
    ),
    flowsPicture(totals, { digits: settings.digits, currency }),
  ];
}
