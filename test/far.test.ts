import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import { isoOf } from '../src/base/calendar.ts';
import { unitsText } from '../src/base/money.ts';
import { failure, load, workspace } from './reader/helpers.ts';

/** Small files of systems all over the world with their totals, no part of the project: skipped where they are missing. */
const FAR = join(import.meta.dirname, '../../shared/far');
const hasFar = existsSync(join(FAR, 'right.json'));
const space = workspace();
afterAll(space.remove);

interface Right {
  readonly encoding: string;
  readonly columns: Readonly<Record<'customer' | 'date' | 'amount', string>>;
  readonly records: number;
  readonly amount_total: string;
  readonly as_of: string;
  readonly customers: Readonly<Record<string, unknown>>;
  readonly refusal_is_right?: boolean;
}

const FILES: Readonly<Record<string, Right>> = hasFar
  ? (JSON.parse(readFileSync(join(FAR, 'right.json'), 'utf8')) as { files: Record<string, Right> }).files
  : {};

const optionsOf = ({ encoding, columns }: Right) => ({
  scratch: space.scratch,
  ...columns,
  ...(encoding === 'utf-8' ? {} : { encoding }),
});

const cents = (text: string): string => Number(text).toFixed(4);

/** Their dates are in ISO, or in a format that is told by them: those of all others are replaced before their amounts are read. */
const DATED = [
  'es-whole-euros.csv',
  'jp-sales-sjis-yen.csv',
  'cn-taobao-orders-gbk.csv',
  'vn-shopee-orders.csv',
  'id-tokopedia-rupiah.csv',
  'in-tally-lakh.csv',
  'kw-three-decimals.csv',
  'se-orders-kronor.csv',
  'pl-orders-zloty.csv',
  'ru-1c-rubles-cp1251.csv',
  'tr-trendyol-lira.csv',
  'sn-francs-cfa.csv',
  'ke-shillings.csv',
  'za-rand-before.csv',
  'excel-sep-line.csv',
  'ph-slash-comma-time.csv',
];

describe.skipIf(!hasFar)('files from far away', () => {
  it.each(Object.entries(FILES).filter(([name]) => DATED.includes(name)))('%s', async (name, right) => {
    const work = load([join(FAR, name)], optionsOf(right));
    if (right.refusal_is_right) {
      expect((await failure(work)).code).toBe('E204');
      const { result } = await load([join(FAR, name)], { ...optionsOf(right), decimalMark: ',' });
      expect(unitsText(result.totals.amount, 4)).toBe(cents(right.amount_total));
      return;
    }
    const { result, sink } = await work;
    expect(result.totals.records).toBe(right.records);
    expect(unitsText(result.totals.amount, 4)).toBe(cents(right.amount_total));
    expect(isoOf(result.totals.lastDay!)).toBe(right.as_of);
    if (sink.rows.length > 0)
      expect([...new Set(sink.rows.map(([id]) => id!))].sort()).toEqual(Object.keys(right.customers).sort());
  });

  it.each(Object.entries(FILES).filter(([name]) => !DATED.includes(name)))('the amounts of %s', async (name, right) => {
    const text = iconv.decode(readFileSync(join(FAR, name)), right.encoding);
    const delimiter = text.split('\n')[0]!.includes(';') ? ';' : ',';
    const [header, ...rows] = parse(text, { delimiter, skip_empty_lines: true, bom: true }) as string[][];
    const at = header!.indexOf(right.columns.date ?? 'date');
    const dated = [header!, ...rows.map((row) => row.with(at, '2024-01-02'))];
    const quoted = dated.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter));
    const file = space.file(`${quoted.join('\n')}\n`);
    const { result } = await load([file], { scratch: space.scratch, ...right.columns });
    expect(unitsText(result.totals.amount, 4)).toBe(cents(right.amount_total));
  });
});
