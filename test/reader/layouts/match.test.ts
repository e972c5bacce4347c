import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../../src/reader/header.ts';
import { described } from '../../../src/reader/layouts/description.ts';
import type { Layout } from '../../../src/reader/layouts/layout.ts';
import { layouts } from '../../../src/reader/layouts/library.ts';
import { matching } from '../../../src/reader/layouts/match.ts';
import { checkedLayout } from '../../../src/reader/layouts/schema.ts';

function layout(name: string, columns: readonly string[], more: Partial<Layout> = {}): Layout {
  return { name, title: name, sources: [], match: { columns }, ...more };
}

const names = (header: readonly string[], ...all: Layout[]) =>
  matching(header, { layouts: all, named: false }).map(({ name }) => name);

function code(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('matching', () => {
  const [small, large, other] = [
    layout('small', ['A', 'B']),
    layout('large', ['a', 'b', 'C']),
    layout('other', ['B', 'D']),
  ];

  it('needs all columns, whatever their case and blanks', () => {
    expect(names(['a ', 'B', 'x'], small, large)).toEqual(['small']);
    expect(names(['a'], small, large)).toEqual([]);
  });

  it('of two the one that asks for more is meant', () => {
    expect(names(['a', 'b', 'c'], small, large)).toEqual(['large']);
  });

  it('two that ask for different columns are E222, with both to paste', () => {
    const choice = { layouts: [small, other], named: false };
    expect(names(['a', 'b', 'd'], small, other)).toEqual(['small', 'other']);
    expect(code(() => layoutOf(['a', 'b', 'd'], choice, { file: 'f' }))).toBe('E222');
    expect(layoutOf(['x'], choice, { file: 'f' })).toBeNull();
  });

  it('one that was asked for and does not know the header is E223', () => {
    expect(code(() => layoutOf(['x'], { layouts: [small], named: true }, { file: 'f' }))).toBe('E223');
  });

  it('a column that must not be there, and names in other languages', () => {
    expect(names(['a', 'b', 'z'], layout('no-z', ['A', 'B'], { match: { columns: ['A'], without: ['Z'] } }))).toEqual(
      [],
    );
    expect(
      names(['Datum', 'Betrag'], layout('de', ['Date', 'Sum'], { names: { Date: ['Datum'], Sum: ['Betrag'] } })),
    ).toEqual(['de']);
  });

  it('no header of a layout of ours is known by two', () => {
    for (const one of layouts()) expect(names(one.match.columns, ...layouts()), one.name).toEqual([one.name]);
  });
});

describe('described', () => {
  const shop = layout('shop', ['A'], {
    customer: { columns: ['Mail', 'Phone'], fold_email: true },
    amount: 'Total',
    net: 'Total - Tax',
    rows: [
      { column: 'Status', count: ['paid'] },
      { column: 'Kind', count: ['sale'] },
    ],
    order: { column: 'No', lines: 'total' },
    currency: 'Cur',
    date: { columns: ['Day'], formats: ['DD.MM.YYYY'] },
  });

  it('a layout alone says it all', () => {
    expect(described(shop, {})).toMatchObject({ amount: 'Total', currency: 'Cur', foldEmail: true, order: shop.order });
  });

  it('each option takes the place of its part alone', () => {
    const rows = [{ column: 'Status', values: ['open'], not: true }];
    const found = described(shop, { where: rows, net: true, order: 'Other', customer: 'Id', date: 'When' });
    expect(found.rows.map(({ column, others }) => [column, others])).toEqual([
      ['Kind', undefined],
      ['Status', 'count'],
    ]);
    expect(found).toMatchObject({ amount: 'Total - Tax', order: { column: 'Other', lines: 'total' }, foldEmail: true });
    expect(found.customer).toEqual({ columns: ['Id'] });
    expect(found.date).toEqual({ columns: ['When'], formats: ['DD.MM.YYYY'] });
    expect(described(shop, { net: true, amount: 'Gross' }).amount).toBe('Gross');
    expect(described(null, { order: 'No' }).order).toEqual({ column: 'No', lines: 'parts' });
  });
});

describe('checkedLayout', () => {
  const good = { name: 'mine', title: 'Mine', sources: ['ours'], match: { columns: ['A'] } };
  const fault = (text: string) => {
    try {
      checkedLayout(text, 'mine.json');
    } catch (error) {
      return error as { code: string; values: { problem: string; remedy: string } };
    }
    throw new Error('accepted');
  };

  it('takes the form, with or without a byte order mark', () => {
    expect(checkedLayout(`\ufeff${JSON.stringify(good)}`, 'mine.json')).toMatchObject({ name: 'mine' });
  });

  it.each([
    [{ ...good, custommer: {} }, 'the layout has no part "custommer"', 'did you mean "customer"?'],
    [{ ...good, order: { column: 'A', lines: 'parts', line: 1 } }, 'order has no part "line"', 'docs/layouts.md'],
    [{ ...good, match: {} }, 'match.columns', 'clv layouts show NAME'],
    [{ ...good, name: 'My Layout' }, 'name: lower case letters', 'clv layouts show NAME'],
    [[], 'the layout: ', 'clv layouts show NAME'],
  ])('%j is E225', (value, problem, remedy) => {
    const { code: found, values } = fault(JSON.stringify(value));
    expect(found).toBe('E225');
    expect(values.problem).toContain(problem);
    expect(values.remedy).toContain(remedy);
  });

  it('what is not JSON is E225', () => {
    expect(fault('name: mine').values.problem).toContain('not JSON');
  });
});
