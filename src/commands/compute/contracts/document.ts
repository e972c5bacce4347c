import { segmentsSection } from '../../../aggregator/segments.ts';
import { sharesOf } from '../../../aggregator/shares.ts';
import { unitsText } from '../../../base/money.ts';
import { bySegment, type Totals } from '../../../data/customers.ts';
import { columnsList, listOf, objectOf } from '../../../data/lists.ts';
import { type Cell, FIGURE_DIGITS, type Report, type Section } from '../../../data/report.ts';
import { contractModelBlock, contractNotes, ONE_RATE_COLUMNS, oneRateRow } from '../../../report/contracts.ts';
import { customersSection } from '../../../report/customers.ts';
import { envelope } from '../../../report/found.ts';
import { inputBlock } from '../../../report/input.ts';
import { methodology } from '../../../report/methodology.ts';
import { listedNote, mainList, SUMMARY_COLUMNS, summaryRow } from '../../../report/summary.ts';
import type { Bounds } from '../../../valuation/contracts/value.ts';
import type { ContractResult } from './found.ts';
import { contractViews } from './views.ts';

/** The report of `clv compute --contract`: the lists of any valuation, and what customers are worth by the renewals made. */
export function contractsReport(result: ContractResult): Report {
  const { by, digits } = result.assumptions;
  const { customers } = result;
  const summary = summaryOf(result);
  return {
    command: 'compute',
    document: [
      ...envelope(
        'compute',
        result,
        {
          ...methodology(result.assumptions),
          ...contractNotes(result.settings, result.period),
          ...listedNote(customers),
        },
        inputBlock(result),
      ),
      ['model', contractModelBlock(result.settings, result.valuation.fitted)],
      ['summary', objectOf(COLUMNS, summary)],
      ['segments', by.length > 0 ? segmentsSection(result.totals, by, segmentInterval(result), digits) : []],
      ['tenures', renewalsSection(result)],
      ['customers', customers ? customersSection(customers, by, 1, digits, { subscribers: true }) : []],
    ],
    sections: [listOf('summary', COLUMNS, [summary])],
    main: mainList(customers, by),
    views: contractViews(result),
  };
}

const COLUMNS = [...SUMMARY_COLUMNS, ...ONE_RATE_COLUMNS];

function summaryOf({ totals, valuation, assumptions }: ContractResult): readonly Cell[] {
  const { digits } = assumptions;
  const { alive, interval, prospectValue, oneRate } = valuation;
  const found = {
    expectedActive: alive.toFixed(FIGURE_DIGITS),
    interval: interval?.map((units) => unitsText(units, digits)).join(' ') ?? null,
    prediction: null,
    prospectValue: prospectValue === null ? null : unitsText(prospectValue, digits),
  };
  return [...summaryRow(totals, digits, found), ...oneRateRow(oneRate, digits)];
}

/** The interval of a segment: "low high", or null. */
function segmentInterval({ cells, valuation, assumptions }: ContractResult): (total: Totals) => string | null {
  const boundsOf = bySegment(cells.segments, valuation.segmentIntervals);
  const text = (bounds: Bounds): string => bounds.map((bound) => unitsText(bound, assumptions.digits)).join(' ');
  return ({ segment }) => {
    const bounds = boundsOf(segment) ?? null;
    return bounds && text(bounds);
  };
}

/** What the customers who are there are worth, by the renewals they have made: the next retention is that of the model. */
function renewalsSection({ cells, valuation, settings, assumptions }: ContractResult): Section {
  const rows = new Map<number, { customers: number; factor: number; equity: bigint }>();
  const { worth, fitted } = valuation;
  for (let i = 0; i < cells.length; i++) {
    if (!cells.alive[i]) continue;
    const made = cells.tenure[i]! - 1;
    const row = rows.get(made) ?? { customers: 0, factor: worth.factor[i]!, equity: 0n };
    row.customers += cells.count[i]!;
    row.equity += worth.clv[i]! * BigInt(cells.count[i]!);
    rows.set(made, row);
  }
  const sorted = [...rows].sort(([a], [b]) => a - b);
  /** Segments with rates of their own have none in common. */
  const several = fitted.parameterNames !== settings.model.parameterNames;
  const figure = (value: number): Cell => (several ? null : value.toFixed(FIGURE_DIGITS));
  return columnsList('tenures', [
    [{ name: 'tenure', kind: 'integer' }, sorted.map(([made]) => String(made))],
    [{ name: 'customers', kind: 'integer' }, sorted.map(([, row]) => String(row.customers))],
    [
      { name: 'retention_next', kind: 'number' },
      sorted.map(([made]) => figure(settings.model.retention(fitted.fit.parameters, made + 1))),
    ],
    [{ name: 'dert', kind: 'number' }, sorted.map(([, row]) => figure(row.factor))],
    [{ name: 'customer_equity', kind: 'money' }, sorted.map(([, row]) => unitsText(row.equity, assumptions.digits))],
    [{ name: 'equity_share', kind: 'share' }, sharesOf(sorted.map(([, row]) => row.equity))],
  ]);
}
