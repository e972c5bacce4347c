import type { Condition, CustomerPart, DatePart, Layout, OrderPart, RowRule } from './layout.ts';

/** What of a layout an option says instead. Absent: the layout's, or what the header and the rows tell. */
export interface DescribedByOptions {
  /** `A|B`: the first that is not blank; a column of that name wins. */
  readonly customer?: string | undefined;
  readonly date?: string | undefined;
  /** An expression: see expression.ts. */
  readonly amount?: string | undefined;
  /** Take the layout's net amount. */
  readonly net?: boolean | undefined;
  readonly where?: readonly Where[] | undefined;
  readonly minus?: readonly Condition[] | undefined;
  readonly zero?: readonly Condition[] | undefined;
  readonly order?: string | undefined;
  readonly lines?: OrderPart['lines'] | undefined;
  readonly currencyColumn?: string | undefined;
  readonly once?: string | undefined;
  readonly fillDown?: string | undefined;
  readonly stopAt?: Layout['stop'];
  readonly foldEmail?: boolean | undefined;
}

/** `column=values`: rows with these values count; `column!=values`: the others do. */
export interface Where {
  readonly column: string;
  readonly values: readonly string[];
  readonly not: boolean;
}

/** How an export is read: the layout with the options put over it, still by names. */
export interface Description {
  readonly layout: Layout | null;
  /** Parts that are found by the names of the header where they are absent. */
  readonly customer: CustomerPart | null;
  readonly date: DatePart | null;
  readonly amount: string | null;
  readonly minus: readonly Condition[];
  readonly zero: readonly Condition[];
  readonly rows: readonly DescribedRule[];
  readonly order: OrderPart | null;
  readonly currency: string | null;
  readonly once: string | null;
  readonly fillDown: string | null;
  readonly stop: Layout['stop'] | null;
  readonly foldEmail: boolean;
}

/** A rule of the layout, or an option, whose values that are not listed count or do not. */
export type DescribedRule = RowRule & { readonly others?: 'count' | 'leave out' };

/** Puts the options over a layout, part by part. */
export function described(layout: Layout | null, options: DescribedByOptions): Description {
  const { where = [] } = options;
  const chosen = new Set(where.map(({ column }) => folded(column)));
  const order = options.order ?? layout?.order?.column ?? null;
  return {
    layout,
    customer: options.customer === undefined ? (layout?.customer ?? null) : { columns: [options.customer] },
    date: dateOf(layout, options.date),
    amount: options.amount ?? (options.net ? layout?.net : layout?.amount) ?? null,
    minus: options.minus ?? layout?.minus ?? [],
    zero: options.zero ?? layout?.zero ?? [],
    rows: [...(layout?.rows ?? []).filter(({ column }) => !chosen.has(folded(column))), ...where.map(ruleOf)],
    order: order === null ? null : { column: order, lines: options.lines ?? layout?.order?.lines ?? 'parts' },
    currency: options.currencyColumn ?? layout?.currency ?? null,
    once: options.once ?? layout?.once ?? null,
    fillDown: options.fillDown ?? layout?.fill_down ?? null,
    stop: options.stopAt ?? layout?.stop ?? null,
    foldEmail: options.foldEmail ?? layout?.customer?.fold_email ?? false,
  };
}

/** Another column of dates is in the formats of the export all the same. */
function dateOf(layout: Layout | null, column: string | undefined): DatePart | null {
  if (column === undefined) return layout?.date ?? null;
  return { ...layout?.date, columns: [column] };
}

function ruleOf({ column, values, not }: Where): DescribedRule {
  if (!not) return { column, count: values, others: 'leave out' };
  return { column, leave_out: Object.fromEntries(values.map((value) => [value, NOT_CHOSEN])), others: 'count' };
}

/** The reason why a row is left out by an option. */
export const NOT_CHOSEN = 'not chosen';

function folded(column: string): string {
  return column.toLowerCase().replace(/[\s_-]/gu, '');
}
