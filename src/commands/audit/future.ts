import { type Groups, groupsOf } from '../../aggregator/groups.ts';
import { meanText } from '../../aggregator/past-money.ts';
import { grouped, MARGIN_SCALE } from '../../base/money.ts';
import { type Audit, type Contrast, type Quadrant, STANDINGS } from '../../data/audit.ts';
import { inWords, listOf, objectOf } from '../../data/lists.ts';
import { type Column, Exact, type Json, type View } from '../../data/report.ts';
import { listView } from '../../report/views.ts';
import type { AuditFound } from './found.ts';

/** Past profit against CLV, each at or above its mean, below it, or zero or less. */

const NAMES: readonly Column[] = [
  { name: 'past', kind: 'text' },
  { name: 'future', kind: 'text' },
];

/** Customers by past and future, the best first; only those groups that there are. */
export function quadrantGroups({ quadrants }: Audit, digits: number): Groups {
  const rank = ({ past, future }: Quadrant): number =>
    STANDINGS.indexOf(past) * STANDINGS.length + STANDINGS.indexOf(future);
  const sorted = [...quadrants].sort((a, b) => rank(a) - rank(b));
  const named = sorted.map((quadrant) => ({ ...quadrant, cells: [quadrant.past, quadrant.future] }));
  return groupsOf(NAMES, named, { digits, valued: true });
}

export function futureBlock(audit: Audit, digits: number): { readonly [key: string]: Json } {
  const { profit, clv } = meansOf(audit, digits);
  const { columns, rows } = quadrantGroups(audit, digits);
  return {
    profit_mean: new Exact(profit),
    clv_mean: clv === null ? null : new Exact(clv),
    groups: rows.map((row) => objectOf(columns, row)),
  };
}

/** The means that past profit and CLV are held against. */
function meansOf({ whole }: Audit, digits: number): { readonly profit: string; readonly clv: string | null } {
  return {
    profit: meanText(whole.profit, MARGIN_SCALE, whole.customers, digits)!,
    clv: meanText(whole.clv, digits, whole.valued, digits),
  };
}

/** Customers of a contrast: how many, what they brought, and what they are worth. */
export function contrastSums(
  { quadrants }: Audit,
  contrast: Contrast,
): { readonly customers: number; readonly profit: bigint; readonly clv: bigint } {
  const isBelow = (standing: string): boolean => standing === 'below_mean' || standing === 'none';
  const found = quadrants.filter(({ past, future }) =>
    contrast === 'fallen' ? past === 'above_mean' && isBelow(future) : isBelow(past) && future === 'above_mean',
  );
  return {
    customers: found.reduce((sum, group) => sum + group.customers, 0),
    profit: found.reduce((sum, group) => sum + group.profit, 0n),
    clv: found.reduce((sum, group) => sum + group.clv, 0n),
  };
}

/** Past profit against CLV, and the customers at the head of the two lists where they say the opposite. */
export function futureViews(found: AuditFound): readonly View[] {
  const { audit, assumptions } = found;
  const { profit, clv } = meansOf(audit, assumptions.digits);
  const { columns, rows } = quadrantGroups(audit, assumptions.digits);
  const heads: Readonly<Record<Contrast, string>> = {
    fallen: 'Profit above the mean, CLV below it',
    risen: 'CLV above the mean, profit below it',
  };
  return [
    listView(
      `Past profit against CLV, each held against its mean: ${grouped(profit)} and ${grouped(clv ?? '–')}`,
      listOf('quadrants', columns, inWords(rows, 2)),
      {
        past: 'Past',
        future: 'Future',
        customers: 'Customers',
        customer_share: 'Share of customers',
        profit: 'Profit',
        profit_share: 'Share of profit',
        customer_equity: 'Customer equity',
        equity_share: 'Share of equity',
      },
    ),
    ...(['fallen', 'risen'] as const).flatMap((contrast): View[] => {
      const { customers } = contrastSums(audit, contrast);
      if (customers === 0) return [];
      return [
        {
          type: 'section',
          title: heads[contrast],
          section: contrast,
          columns: [
            { name: 'customer_id', heading: 'Customer' },
            ...assumptions.by.map((name) => ({ name, heading: name })),
            { name: 'purchases', heading: 'Purchases' },
            { name: 'last_purchase', heading: 'Last purchase' },
            { name: 'revenue', heading: 'Revenue' },
            { name: 'profit', heading: 'Profit' },
            { name: 'clv', heading: 'CLV' },
          ],
          top: assumptions.top,
          total: customers,
        },
      ];
    }),
  ];
}
