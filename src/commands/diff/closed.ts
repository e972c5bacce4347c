import { isoOf } from '../../base/calendar.ts';
import { AMOUNT_SCALE, MARGIN_SCALE, rescale, unitsText } from '../../base/money.ts';
import type { Close } from '../../data/books/close.ts';
import { Exact, FIGURE_DIGITS } from '../../data/report.ts';
import { type Side, valuesOf } from './compared.ts';

/** What of a close is not compared: the text of a table of margins, whose hash tells, and covariances, which follow. */
const LEFT = new Set(['margins.table.rows', 'margins.table.columns', 'model.covariance', 'model.spend.covariance']);

/** Significant digits of what is fitted: those after them are no difference. */
const FITTED_DIGITS = 12;

function rounded(value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(FITTED_DIGITS)) : value;
}

/** The models of a close: of purchases one, or one a group, of subscriptions one a fit. */
interface Model {
  readonly contracts?: readonly Contract[];
  readonly groups?: readonly GroupModel[];
}

interface GroupModel {
  readonly group: readonly string[];
  readonly covariance: unknown;
  readonly spend: { readonly covariance: unknown };
}

interface Contract {
  readonly contract: string;
  readonly group: readonly string[];
  readonly covariance: unknown;
  readonly across?: unknown;
}

/** Models under the names of what they were fitted to. */
function byFit(model: Model): object {
  const { contracts, groups } = model;
  if (groups !== undefined) {
    const byGroup = groups.map(({ covariance: _, spend: { covariance: __, ...spend }, ...one }) => [
      one.group.join(' · '),
      { ...one, spend },
    ]);
    return { ...model, groups: Object.fromEntries(byGroup) };
  }
  if (contracts === undefined) return model;
  const named = contracts.map(({ covariance: _, across: __, ...one }) => [
    [one.contract, ...one.group].join(' · '),
    one,
  ]);
  return { ...model, contracts: Object.fromEntries(named) };
}

/** A close as one side. @param name as it was typed */
export function sideOf(close: Close, name: string): Side {
  const { digits } = close;
  const json = (text: string): unknown => JSON.parse(text, (_, value: unknown) => rounded(value));
  const money = (value: bigint): Exact => new Exact(unitsText(value, digits));
  const fitted = json(close.model) as {
    readonly model: Model;
    readonly model_error?: unknown;
    readonly input: unknown;
  };
  const values = valuesOf(
    {
      close: { number: close.number, as_of: isoOf(close.asOf), closed_at: close.closedAt, version: close.version },
      summary: {
        customers: close.customers,
        expected_active: new Exact(close.expectedActive.toFixed(FIGURE_DIGITS)),
        revenue: money(rescale(close.revenue, AMOUNT_SCALE, digits)),
        margin: money(rescale(close.margin, MARGIN_SCALE, digits)),
        customer_equity: money(close.equity),
      },
      segments: Object.fromEntries(
        close.by.length === 0
          ? []
          : close.segments.map(({ segment, customers, value }) => [
              segment.join(' · '),
              { customers, customer_equity: money(value) },
            ]),
      ),
      options: json(close.choices),
      margins: json(close.margins),
      model: byFit(fitted.model),
      model_error: fitted.model_error ?? null,
      input: fitted.input,
      rows: { last_change: close.lastChange, sha256: close.sha256 },
    },
    LEFT,
  );
  return { name, command: 'close', currency: close.currency, values };
}
