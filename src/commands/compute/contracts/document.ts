import { segmentsSection } from '../../../aggregator/segments.ts';
import { sharesOf } from '../../../aggregator/shares.ts';
import { unitsText } from '../../../base/money.ts';
import type { Totals } from '../../../data/customers.ts';
import { columnsList, listOf, objectOf } from '../../../data/lists.ts';
import { type Cell, type Column, FIGURE_DIGITS, type Report, type Section } from '../../../data/report.ts';
import {
  contractModelsBlock,
  contractNotes,
  fitName,
  ONE_RATE_COLUMNS,
  oneRateRow,
} from '../../../report/contracts.ts';
import { customersSection } from '../../../report/customers.ts';
import { envelope } from '../../../report/found.ts';
import { inputBlock } from '../../../report/input.ts';
import { intervalText, modelErrorBlock, predictionText, segmentIntervals } from '../../../report/intervals.ts';
import { listedBlock, listedNote } from '../../../report/listed.ts';
import { methodology } from '../../../report/methodology.ts';
import { mainList, SUMMARY_COLUMNS, summaryRow } from '../../../report/summary.ts';
import type { FitValuation } from '../../../valuation/contracts/by-fit.ts';
import type { ContractResult } from './found.ts';
import { contractAnswer, contractViews } from './views.ts';

/** The report of `clv compute --contract`: the lists of any valuation, and what customers are worth by the renewals made. */
export function contractsReport(result: ContractResult): Report {
  const { by, digits } = result.assumptions;
  const { customers, intervals } = result;
  const intervalOf = intervals && segmentIntervals(intervals);
  const interval = (total: Totals): string | null => intervalOf && intervalText(intervalOf(total.segment), digits);
  const summary = summaryOf(result);
  return {
    command: 'compute',
    document: [
      ...envelope(
        'compute',
        result,
        {
          ...methodology(result.assumptions),
          ...contractNotes(result.settings, result.lengths, result.valueAt),
          ...listedNote(customers),
        },
        inputBlock(result),
      ),
      ['model', contractModelsBlock(result.valuation)],
      ['model_error', modelErrorBlock(intervals?.modelError ?? null, 'renewals')],
      ['summary', objectOf(COLUMNS, summary)],
      ['segments', by.length > 0 ? segmentsSection(result.totals, by, interval, digits) : []],
      ['tenures', renewalsSection(result)],
      ...listedBlock(customers, digits),
      ['customers', customers ? customersSection(customers, by, 1, digits, { subscribers: true }) : []],
    ],
    sections: [listOf('summary', COLUMNS, [summary])],
    main: mainList(customers, by),
    views: contractViews(result),
    answer: async () => contractAnswer(result),
  };
}

const COLUMNS = [...SUMMARY_COLUMNS, ...ONE_RATE_COLUMNS];

function summaryOf({ totals, valuation, intervals, assumptions }: ContractResult): readonly Cell[] {
  const { digits } = assumptions;
  const { alive, prospectValue, oneRate } = valuation;
  const found = {
    expectedActive: alive.toFixed(FIGURE_DIGITS),
    interval: intervals && intervalText(intervals.equity.total, digits),
    prediction: intervals && predictionText(valuation.equity, intervals, digits),
    prospectValue: prospectValue === null ? null : unitsText(prospectValue, digits),
  };
  return [...summaryRow(totals, digits, found), ...oneRateRow(oneRate, digits)];
}

/**
 * What the subscriptions that run are worth, by the renewals made, of each fit by itself: the next retention is that of the
 * model. Late ones are in it by their chance.
 */
function renewalsSection({ valuation, assumptions }: ContractResult): Section {
  const { fits } = valuation;
  const rows = fits.flatMap(renewalsOf);
  const figure = (value: number | null): Cell => value?.toFixed(FIGURE_DIGITS) ?? null;
  return columnsList('tenures', [
    ...(fits.length > 1
      ? [[{ name: 'contract', kind: 'text' }, rows.map(({ contract }) => contract)] as [Column, Cell[]]]
      : []),
    [{ name: 'tenure', kind: 'integer' }, rows.map(({ made }) => String(made))],
    [{ name: 'customers', kind: 'integer' }, rows.map(({ customers }) => String(customers))],
    [{ name: 'retention_next', kind: 'number' }, rows.map(({ retention }) => figure(retention))],
    [{ name: 'dert', kind: 'number' }, rows.map(({ factor }) => figure(factor))],
    [{ name: 'customer_equity', kind: 'money' }, rows.map(({ equity }) => unitsText(equity, assumptions.digits))],
    [{ name: 'equity_share', kind: 'share' }, sharesOf(rows.map(({ equity }) => equity))],
  ]);
}

interface RenewalRow {
  readonly contract: string;
  readonly made: number;
  readonly customers: number;
  /** Null where segments have rates of their own. */
  readonly retention: number | null;
  readonly factor: number | null;
  readonly equity: bigint;
}

function renewalsOf({ fit, cells, valuation }: FitValuation): RenewalRow[] {
  const { worth, fitted, factorOf } = valuation;
  const rows = new Map<number, { customers: number; equity: bigint }>();
  for (let i = 0; i < cells.length; i++) {
    if (!cells.alive[i] || cells.tenure[i] === 0) continue;
    const made = cells.tenure[i]! - 1;
    const row = rows.get(made) ?? { customers: 0, equity: 0n };
    row.customers += cells.count[i]!;
    row.equity += worth.clv[i]! * BigInt(cells.count[i]!);
    rows.set(made, row);
  }
  const several = fitted.parameterNames !== fitted.model.parameterNames;
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([made, row]) => ({
      contract: fitName(fit),
      made,
      ...row,
      retention: several ? null : fitted.model.retention(fitted.fit.parameters, made + 1),
      factor: several ? null : factorOf(made),
    }));
}
