import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { halfEvenQuotient } from '../../src/base/money.ts';
import type { TypedColumn } from '../../src/data/columnar.ts';
import { columnsOf, type Expression } from '../../src/data/expression.ts';
import { MONEY_FAULTS } from '../../src/ledger/clickhouse/columns.ts';
import { type Cells, cellsOf } from '../../src/ledger/clickhouse/described/cells.ts';
import { customerOf } from '../../src/ledger/clickhouse/described/customer.ts';
import { halfEven, moneyOf, WIDEST } from '../../src/ledger/clickhouse/described/money.ts';
import { firstText, holds, literal } from '../../src/ledger/clickhouse/described/values.ts';
import { Amounts } from '../../src/reader/amounts/amounts.ts';
import { isFault, Money } from '../../src/reader/amounts/money.ts';
import type { Reading } from '../../src/reader/layouts/bind.ts';
import { ValueList } from '../../src/reader/layouts/value-list.ts';
import { CustomerIds } from '../../src/reader/rows/ids.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});

afterAll(async () => {
  await shop?.close();
});

/** Cells that are literals, of rows of texts. */
const said = (row: readonly string[]): Cells => ({
  text: (column) => literal(row[column]!.trim()),
  units: String,
  exact: String,
  scale: Number,
  fault: String,
  blank: String,
});

/** What the server makes of expressions, each as text. */
async function asked(expressions: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (let from = 0; from < expressions.length; from += 50) {
    const some = expressions.slice(from, from + 50).map((one, i) => `toString(${one}) AS e${i}`);
    const [row] = await shop.rows(`SELECT ${some.join(', ')}`);
    found.push(...Object.values(row!).map(String));
  }
  return found;
}

const TEXTS = [
  '',
  ' ',
  'paid',
  'PAID ',
  'Paid',
  "it's",
  'a\\b',
  '%',
  'ÄÖ',
  'äö',
  'a.c',
  'abc',
  'a\nc',
  '*',
  '?',
  '[x]',
  'ΟΔΟΣ',
  '(1)',
  '{p:String}',
  '😀',
  'a|b',
  '$1',
  '^',
  '0',
];

describe('the server compares as the reader does', () => {
  it('texts with lists of values', async () => {
    const lists = [
      ...TEXTS,
      'p*',
      '*',
      '?',
      '\\*',
      '\\?',
      'a\\?*',
      '\\**',
      'a?c',
      '*d',
      'A*C',
      '(?)',
      "*'*",
      '*\\*',
      '{*}',
      '?|?',
    ].map((value) => [value]);
    lists.push(['paid', '', 'x*'], []);
    const cases = lists.flatMap((list) => TEXTS.map((text) => [list, text] as const));
    const found = await asked(cases.map(([written, text]) => holds({ written }, literal(text.trim()))));
    const wanted = cases.map(([list, text]) => (new ValueList(list).has(text) ? '1' : '0'));
    expect(cases.map((one, i) => [one, found[i]])).toEqual(cases.map((one, i) => [one, wanted[i]]));
  });

  it('ids, folded or not, with values that are nobody, in one column or two', async () => {
    const ids = [
      ...TEXTS,
      '17850.0',
      '17850.00',
      '0017.0',
      '1e+05',
      '1E+5',
      '1.5E3',
      '1.2345e2',
      '1e99',
      '1.7850E+04',
      'A@B.Example',
      ' zoe\u0308@X.example',
      'x\u200b',
      '\ufeffy\u00ad',
      '\u200e',
      '12.0.0',
      '-5.0',
      'guest',
      'GUEST ',
    ];
    const rows = ids.flatMap((id, i) => [
      [id, ids[(i * 7) % ids.length]!, 'x'],
      ['', id, 'refund'],
    ]);
    const reading = {
      customer: [0, 1],
      nobody: new ValueList(['0', 'guest']),
      unless: null,
      upTo: null,
      foldEmail: false,
      foldIds: false,
      alias: null,
    } as unknown as Reading;
    const readings: readonly Reading[] = [
      reading,
      { ...reading, foldEmail: true },
      { ...reading, upTo: '@', foldEmail: true },
      { ...reading, customer: [0], upTo: '.', foldIds: true },
      { ...reading, foldIds: true },
      { ...reading, foldIds: true, foldEmail: true, nobody: null },
      { ...reading, customer: [1], nobody: null, foldIds: true },
      {
        ...reading,
        unless: { when: [{ column: 2, values: new ValueList(['REF*']) }], customer: [1] },
        customer: [0],
        foldEmail: true,
      },
    ];
    for (const one of readings) {
      const reader = new CustomerIds(one);
      const found = await asked(rows.map((row) => customerOf(one, said(row))));
      expect(rows.map((row, i) => [row, found[i]])).toEqual(rows.map((row) => [row, reader.of(row)]));
    }
  });

  it('the first text that is not blank', async () => {
    expect(
      await asked([firstText([0, 1], said([' ', "b'"])), firstText([0], said(['a'])), firstText([], said([]))]),
    ).toEqual(["b'", 'a', '']);
  });
});

describe('the server reckons as the reader does', () => {
  const COLUMNS: readonly TypedColumn[] = [
    { name: 'a', kind: 'decimal', type: 'Nullable(Decimal(38, 7))' },
    { name: 'b', kind: 'decimal', type: 'Decimal(18, 4)' },
    { name: 'c', kind: 'float', type: 'Nullable(Float64)' },
    { name: 'd', kind: 'integer', type: 'Nullable(Int128)' },
  ];
  const ROWS = 300;
  let rows: readonly (readonly string[])[];

  beforeAll(async () => {
    const money = fc.oneof(
      fc.constantFrom(
        '0',
        '0.5',
        '-0.5',
        '1',
        '2.5',
        '0.0001',
        '-0.00005',
        '0.0000001',
        '99999999999999',
        '100000000000000',
        '1e',
      ),
      fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 7 })).map(([n, scale]) => {
        const digits = String(Math.abs(n)).padStart(scale + 1, '0');
        const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
        return (n < 0 ? '-' : '') + text;
      }),
    );
    const cut = (text: string, decimals: number): string => {
      const [whole = '', fraction = ''] = text.replace('1e', '').split('.');
      const kept = fraction.slice(0, decimals);
      return kept === '' ? whole : `${whole}.${kept}`;
    };
    const row = fc.tuple(money, money, money, money).map(([a, b, c, d]) => [
      cut(a, 7),
      cut(b, 4) === '' || /^\d{15}/.test(b) ? '7.25' : cut(b, 4),
      // The fewest digits that give a float back, as other programs print it.
      cut(c, 7) === ''
        ? ''
        : Number(cut(c, 7))
            .toFixed(7)
            .replace(/\.?0+$/, ''),
      cut(d, 0),
    ]);
    rows = fc.sample(row, { numRuns: ROWS, seed: 5 });
    const [shard] = shop.shards;
    const types = COLUMNS.map(({ name, type }) => `${name} ${type}`).join(', ');
    await shard!.command({ query: `CREATE TABLE shop.money (i UInt32, ${types}) ENGINE = MergeTree ORDER BY i` });
    await shard!.insert({
      table: 'shop.money',
      values: rows.map((cells, i) => ({
        i,
        ...Object.fromEntries(
          COLUMNS.map(({ name }, c) => [name, cells[c] === '' ? null : c === 2 ? Number(cells[c]) : cells[c]]),
        ),
      })),
      format: 'JSONEachRow',
    });
  });

  const column = fc.integer({ min: 0, max: 3 }).map((at): Expression => ({ kind: 'column', column: at }));
  /** As wide as an amount may be: products of two. */
  const expression = fc.letrec<{ sum: Expression; product: Expression; any: Expression; first: Expression }>((tie) => ({
    any: fc.oneof({ depthSize: 'small', withCrossShrink: true }, column, tie('sum'), tie('product'), tie('first')),
    sum: fc
      .array(fc.record({ minus: fc.boolean(), of: fc.oneof(column, tie('product'), tie('first')) }), {
        minLength: 2,
        maxLength: 3,
      })
      .map(([one, ...others]): Expression => ({ kind: 'sum', terms: [{ ...one!, minus: false }, ...others] })),
    product: fc
      .array(column, { minLength: 2, maxLength: 3 })
      .map((factors): Expression => ({ kind: 'product', factors })),
    first: fc
      .record({
        options: fc.array(fc.oneof(column, tie('product'), tie('sum')), { minLength: 1, maxLength: 3 }),
        notZero: fc.boolean(),
      })
      .map((one): Expression => ({ kind: 'first', ...one })),
  })).any;

  it('amounts, their faults, and the blanks that count as nothing', async () => {
    const cells = (round: number | undefined): Cells => cellsOf(COLUMNS, (at) => COLUMNS[at]!.name, round);
    const codes: Readonly<Record<string, number>> = {
      E201: MONEY_FAULTS.none,
      E202: MONEY_FAULTS.long,
      E203: MONEY_FAULTS.large,
    };
    const samples = fc.sample(fc.tuple(expression, fc.constantFrom(undefined, 0, 2, 4)), { numRuns: 60, seed: 11 });
    let amounts = 0;
    for (const [one, round] of samples) {
      const { value, fault, blanks, digits } = moneyOf(one, cells(round), round);
      if (digits > WIDEST) continue;
      const list = [`toString(${value}) AS v`, `${fault} AS f`, ...blanks.map(({ when }, i) => `(${when}) AS z${i}`)];
      const found = await shop.rows(`SELECT ${list.join(', ')} FROM shop.money ORDER BY i`);
      for (const [i, row] of rows.entries()) {
        const money = new Money(one, new Amounts({ mark: '.', round }));
        const wanted = money.of(row);
        const about = `${JSON.stringify(one)} of ${JSON.stringify(row)}, ${round}`;
        if (isFault(wanted)) {
          expect([found[i]!['f'], about]).toEqual([codes[wanted.code], about]);
          continue;
        }
        amounts++;
        expect([found[i]!['v'], found[i]!['f'], about]).toEqual([String(wanted), 0, about]);
        const counted = blanks.reduce((sum, _, z) => sum + Number(found[i]![`z${z}`]), 0);
        expect([counted, about]).toEqual([[...money.blanks.values()].reduce((sum, n) => sum + n, 0), about]);
      }
    }
    expect(amounts).toBeGreaterThan(2000);
    expect(columnsOf(samples[0]![0]).length).toBeGreaterThan(0);
  });

  it('half to even', async () => {
    const values = fc.sample(
      fc.tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.constantFrom(10n, 10n ** 12n, 4n)),
      { numRuns: 200, seed: 3 },
    );
    const cases = [...values, ...[-25n, -15n, -5n, 5n, 15n, 25n, -26n, 24n].map((value) => [value, 10n] as const)];
    const found = await asked(cases.map(([value, divisor]) => halfEven(`toInt256('${value}')`, divisor)));
    expect(found).toEqual(cases.map(([value, divisor]) => String(halfEvenQuotient(value, divisor))));
  });
});
