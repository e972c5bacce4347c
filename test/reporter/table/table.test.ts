import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { Section, View } from '../../../src/data/report.ts';
import { table } from '../../../src/reporter/table/table.ts';
import { runs } from '../../runs.ts';
import { reportOf, sectionOf, textOf, viewOf } from '../helpers.ts';

const segments = (): Section =>
  sectionOf('segments', { region: 'text', customers: 'integer', customer_equity: 'money', equity_share: 'share' }, [
    ['North', '1204', '120345.60', '0.333334'],
    ['हिन्दी 🛜', '3', '-5.10', '0.333333'],
    ['(none)', '3', null, '0.333333'],
  ]);

test('facts and a section as a person reads them', async () => {
  const facts: View = {
    type: 'facts',
    title: 'Customer equity',
    facts: [
      { label: 'customer equity', value: '262,067.36 USD' },
      { label: 'margin', value: 'by product and region, from fixtures/margins.csv' },
    ],
  };
  const section = segments();
  expect(await textOf(table, reportOf([section], [facts, viewOf(section)]), { width: 50 })).toBe(
    `Customer equity
  customer equity  262,067.36 USD
  margin           by product and region, from
                   fixtures/margins.csv

segments
  region  customers  customer equity  equity share
  ──────  ─────────  ───────────────  ────────────
  North       1,204       120,345.60         33.4%
  हिन्दी 🛜           3            -5.10         33.3%
  (none)          3                –         33.3%
`,
  );
});

test('narrow: headings wrap, texts are cut, then columns are left out and named', async () => {
  const section = () =>
    sectionOf('customers', { customer_id: 'text', region: 'text', purchases: 'integer', clv: 'money' }, [
      ['a-very-long-customer-id-0001', 'North', '12', '1234567.00'],
    ]);
  const lines = async (width: number) => {
    const list = section();
    return textOf(table, reportOf([list], [viewOf(list)]), { width });
  };
  expect(await lines(46)).toContain('a-very-lon…  North          12  1,234,567.00');
  expect(await lines(24)).toContain('a-very-…  1,234,567.00');
  expect(await lines(24)).toContain('too narrow for region,');
});

test('top replaces the limit of a view that has one, and the rest is counted', async () => {
  const customers = () => sectionOf('customers', { id: 'text' }, [['a'], ['b'], ['c'], ['d'], ['e']]);
  const shown = async (limits: object, top?: number) => {
    const list = customers();
    return (await textOf(table, reportOf([list], [viewOf(list, limits)]), { top }))
      .split('\n')
      .slice(3, -1)
      .map((line) => line.trim());
  };
  expect(await shown({ top: 2, total: 2345 })).toEqual(['a', 'b', '… and 2,343 more']);
  expect(await shown({ top: 2 }, 3)).toEqual(['a', 'b', 'c', '… and 2 more']);
  expect(await shown({ top: 2 }, 0)).toEqual(['… and 5 more']);
  expect(await shown({}, 3)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('a stream is closed as soon as the rows are there', async () => {
  let open = true;
  const blocks = (async function* () {
    try {
      for (;;) yield { length: 2, cells: [['a', 'b']] };
    } finally {
      open = false;
    }
  })();
  const list: Section = { name: 'customers', columns: [{ name: 'id', kind: 'text' }], blocks };
  await textOf(table, reportOf([list], [viewOf(list, { top: 3, total: 1e9 })]));
  expect(open).toBe(false);
});

test('escape sequences of data are shown, ours come only with colour', async () => {
  const list = () => sectionOf('s', { id: 'text' }, [['\u001b[31mred\u202e\u200b\n']]);
  const one = list();
  const plain = await textOf(table, reportOf([one], [viewOf(one)]));
  expect(plain).toContain('\\u{1b}[31mred\\u{202e}\\u{200b}\\u{a}');
  expect(plain).not.toContain('\u001b');
  const two = list();
  expect(await textOf(table, reportOf([two], [viewOf(two)]), { color: true })).toContain('\u001b[1ms\u001b[22m');
});

test('no line is wider than the terminal, and no control character gets through', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'grapheme', minLength: 30, maxLength: 60 }),
  );
  const rows = fc.array(fc.tuple(text, fc.integer().map(String), text), { maxLength: 6 });
  const property = fc.asyncProperty(
    rows,
    text,
    text,
    fc.integer({ min: 1, max: 120 }),
    fc.boolean(),
    async (rows, label, value, width, color) => {
      const list = sectionOf('customers', { id: 'text', clv: 'integer', region: 'text' }, rows);
      const facts: View = { type: 'facts', title: value, facts: [{ label, value }] };
      const shown = await textOf(table, reportOf([list], [facts, viewOf(list)]), { width, color });
      for (const line of shown.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(Math.max(20, width));
      expect(shown.replaceAll(/\u001b\[\d+m/g, '')).not.toMatch(/[^\P{C}\n\p{Cn}]/u);
    },
  );
  await fc.assert(property, { numRuns: runs(300) });
});
