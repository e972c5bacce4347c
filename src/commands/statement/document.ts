import { amountsOf, type Counts, type Ladder, LINES, type SegmentLadder } from '../../aggregator/statement-lines.ts';
import { isoOf } from '../../base/calendar.ts';
import { AMOUNT_SCALE, halfEvenUnits, MARGIN_SCALE, rescale, unitsText } from '../../base/money.ts';
import type { Flows, Period } from '../../data/movement.ts';
import { Exact, FIGURE_DIGITS, type Json, type Report } from '../../data/report.ts';
import { envelope } from '../../report/found.ts';
import { inputBlock } from '../../report/input.ts';
import { intervalText, modelErrorBlock, predictionText } from '../../report/intervals.ts';
import { modelBlock } from '../../report/model.ts';
import { type Statement, type StatementFound, statementOf } from './found.ts';
import { linesSection, seriesSection, statementSegments } from './lists.ts';
import { statementMethodology } from './methodology.ts';
import { statementViews } from './views.ts';

/** The report of `clv statement`: from the opening to the closing, line by line. */
export function statementReport(found: StatementFound): Report {
  const { assumptions } = found;
  const { by, digits } = assumptions;
  const [whole, series] = [statementOf(found.whole), found.series.map(statementOf)];
  const segments = by.length === 0 ? [] : [statementSegments(series.length > 0 ? series : [whole], by, digits)];
  const periods = series.length === 0 ? [] : [seriesSection(series, digits)];
  return {
    command: 'statement',
    document: [
      ...envelope('statement', found, statementMethodology(assumptions, whole), inputBlock(found)),
      ['model', modelBlock(whole.closing)],
      ['opening_model', modelBlock(whole.opening)],
      ['model_error', modelErrorBlock(whole.intervals?.modelError ?? null)],
      ['statement', statementBlock(whole, digits)],
      ['closing', closingBlock(whole, digits)],
      ['segments', by.length === 0 ? [] : whole.segments.map((segment) => segmentBlock(segment, by, digits))],
      ['series', series.map((one) => periodBlock(one, by, digits))],
    ],
    sections: [linesSection(whole, digits), ...segments, ...periods],
    main: [...segments, ...periods][0]?.name ?? 'lines',
    views: statementViews(found, whole, series),
  };
}

function statementBlock(statement: Statement, digits: number): Json {
  const { period, movement, expectedActive, modelChangeError, notPositive } = statement;
  const money = (units: bigint): Exact => new Exact(unitsText(units, digits));
  const { openingCustomers, newCustomers } = movement.realised;
  const revenue = rescale(openingCustomers.revenue + newCustomers.revenue, AMOUNT_SCALE, digits);
  return {
    ...datesBlock(period),
    lines: linesBlock(statement.total, digits),
    model_change_standard_error:
      modelChangeError === null ? null : money(BigInt(halfEvenUnits(modelChangeError, digits))),
    customers: countsBlock(statement.customers),
    expected_active: {
      opening: new Exact(expectedActive.opening.toFixed(FIGURE_DIGITS)),
      closing: new Exact(expectedActive.closing.toFixed(FIGURE_DIGITS)),
    },
    revenue: money(revenue),
    margin: {
      expected: money(BigInt(halfEvenUnits(statement.expectedMargin, digits))),
      ...realisedBlock(movement.realised, digits),
      by_closing_margins: movement.realisedByClosing && realisedBlock(movement.realisedByClosing, digits),
    },
    mean_margin_not_positive: {
      customers: notPositive.customers,
      customer_equity: money(notPositive.value),
    },
  };
}

/** The equity of the closing, and how far it may be trusted. */
function closingBlock({ total, intervals }: Statement, digits: number): Json {
  const bounds = (text: string | null): Json => text?.split(' ').map((bound) => new Exact(bound)) ?? null;
  return {
    customer_equity: new Exact(unitsText(total.closing, digits)),
    customer_equity_interval: intervals && bounds(intervalText(intervals.equity.total, digits)),
    prediction_interval: intervals && bounds(predictionText(total.closing, intervals, digits)),
  };
}

function realisedBlock({ openingCustomers, newCustomers }: Flows, digits: number): { readonly [key: string]: Json } {
  const money = (units: bigint): Exact => new Exact(unitsText(rescale(units, MARGIN_SCALE, digits), digits));
  return { realised: money(openingCustomers.margin), realised_new_customers: money(newCustomers.margin) };
}

function segmentBlock({ segment, ladder, customers }: SegmentLadder, by: readonly string[], digits: number): Json {
  return {
    ...Object.fromEntries(by.map((name, i) => [name, segment[i]!])),
    customers: countsBlock(customers),
    lines: linesBlock(ladder, digits),
  };
}

function periodBlock(statement: Statement, by: readonly string[], digits: number): Json {
  const segments = statement.segments.map((segment) => segmentBlock(segment, by, digits));
  return { ...(statementBlock(statement, digits) as object), ...(by.length > 0 ? { segments } : {}) };
}

function datesBlock({ from, to }: Period): { readonly [key: string]: Json } {
  return { from: isoOf(from), to: isoOf(to) };
}

function linesBlock(ladder: Ladder, digits: number): Json {
  const amounts = amountsOf(ladder, digits);
  return LINES.map((line, i) => ({ line, amount: new Exact(amounts[i]!) }));
}

/** `transferred`: those that came from other segments, less those that went there; 0 in total. */
function countsBlock({ opening, newCustomers, closing }: Counts): Json {
  return { opening, new: newCustomers, transferred: closing - opening - newCustomers, closing };
}
