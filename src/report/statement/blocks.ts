import { amountsOf, type Counts, type Ladder, LINES, type SegmentLadder } from '../../aggregator/statement-lines.ts';
import { isoOf } from '../../base/calendar.ts';
import { AMOUNT_SCALE, halfEvenUnits, MARGIN_SCALE, rescale, unitsText } from '../../base/money.ts';
import type { Flows, Period } from '../../data/movement.ts';
import { Exact, FIGURE_DIGITS, type Json } from '../../data/report.ts';
import type { Statement } from './found.ts';

/** One statement: its lines, and the figures beside them. */
export function statementBlock(statement: Statement, digits: number): Json {
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

function realisedBlock({ openingCustomers, newCustomers }: Flows, digits: number): { readonly [key: string]: Json } {
  const money = (units: bigint): Exact => new Exact(unitsText(rescale(units, MARGIN_SCALE, digits), digits));
  return { realised: money(openingCustomers.margin), realised_new_customers: money(newCustomers.margin) };
}

/** The lines of a segment. */
export function segmentBlock(
  { segment, ladder, customers }: SegmentLadder,
  by: readonly string[],
  digits: number,
): Json {
  return {
    ...Object.fromEntries(by.map((name, i) => [name, segment[i]!])),
    customers: countsBlock(customers),
    lines: linesBlock(ladder, digits),
  };
}

/** A statement of a series, with its segments. */
export function periodBlock(statement: Statement, by: readonly string[], digits: number): Json {
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
function countsBlock({ opening, restated, newCustomers, closing }: Counts): Json {
  const transferred = closing - opening - restated - newCustomers;
  return { opening, restated, new: newCustomers, transferred, closing };
}

/** The equity of the closing, and how far it may be trusted. @param interval, prediction "low high", or null */
export function closingBlock(
  units: bigint,
  { interval, prediction }: { readonly interval: string | null; readonly prediction: string | null },
  digits: number,
): Json {
  const bounds = (text: string | null): Json => text?.split(' ').map((bound) => new Exact(bound)) ?? null;
  return {
    customer_equity: new Exact(unitsText(units, digits)),
    customer_equity_interval: bounds(interval),
    prediction_interval: bounds(prediction),
  };
}
