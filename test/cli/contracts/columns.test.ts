import { describe, expect, it } from 'vitest';
import { contractLengths } from '../../../src/cli/contract-lengths.ts';
import { type ColumnsAsked, columnsIn } from '../../../src/cli/contracts/columns.ts';
import { described } from '../../../src/reader/layouts/description.ts';
import type { Layout, SubscriptionPart } from '../../../src/reader/layouts/layout.ts';
import type { Transactions } from '../../../src/reader/transactions.ts';

const ASKED: ColumnsAsked = {
  plan: null,
  subscription: null,
  periodStart: null,
  periodEnd: null,
  lengths: contractLengths('1m'),
  oneOff: [],
  pause: [],
};

/** The columns found in a header, whose layout tells some. */
function found(header: readonly string[], subscription: SubscriptionPart | null, asked: Partial<ColumnsAsked> = {}) {
  const layout: Layout | null = subscription && {
    name: 'x',
    title: 'x',
    sources: [],
    match: { columns: [] },
    names: { Sku: ['SKU ID'] },
    subscription,
  };
  const description = { layout, description: described(layout, {}), net: false, onlyCurrency: null, rates: null };
  return columnsIn({ ...ASKED, ...asked })({ header, description } as unknown as Transactions);
}

const code = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('columns of subscriptions', () => {
  const header = ['Plan', 'SKU ID', 'Sub', 'From', 'Until', 'period_start', 'period_end'];

  it('are those of the layout, before those that are found by name', () => {
    const told = found(header, { id: 'sub', plan: 'Sku', start: 'from', end: 'until' });
    expect(told).toEqual({
      plan: 'SKU ID',
      subscription: 'Sub',
      start: 'From',
      end: 'Until',
      currency: null,
      givenBack: null,
    });
  });

  it('are those of the options, before those of the layout', () => {
    const asked = { plan: 'Plan', subscription: 'From', periodStart: 'period_start', periodEnd: 'period_end' };
    const told = found(header, { id: 'Sub', plan: 'Sku', start: 'From', end: 'Until' }, asked);
    expect(told).toMatchObject({ plan: 'Plan', subscription: 'From', start: 'period_start', end: 'period_end' });
  });

  it('are found by name where the layout names none, or none that is there', () => {
    const byName = { plan: 'Plan', subscription: null, start: 'period_start', end: 'period_end' };
    expect(found(header, null)).toMatchObject(byName);
    expect(found(header, {})).toMatchObject(byName);
    expect(found(header, { id: 'Abo', plan: 'Tarif', start: 'Beginn', end: 'Ende' })).toMatchObject(byName);
  });

  it('with one of the two days of service are refused: E123', () => {
    const part: SubscriptionPart = { start: 'From' };
    const transactions = { header: ['From', 'Until'], description: { layout: { subscription: part } } };
    expect(code(() => columnsIn(ASKED)(transactions as unknown as Transactions))).toBe('E123');
  });
});
