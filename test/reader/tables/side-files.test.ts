import { afterAll, describe, expect, it } from 'vitest';
import { dayOf } from '../../../src/base/calendar.ts';
import { readAlias } from '../../../src/reader/tables/alias.ts';
import { readRates } from '../../../src/reader/tables/exchange.ts';
import { failure, workspace } from '../helpers.ts';

const { file, remove } = workspace();
afterAll(remove);

const same = (id: string): string => id;

describe('alias files', () => {
  const read = async (text: string, fold = same) => Object.fromEntries((await readAlias(file(text), fold)).customers);
  const fail = async (text: string, fold = same) => (await failure(readAlias(file(text), fold))).code;

  it('chains end at the last, in whatever order their lines stand', async () => {
    expect(await read('id,customer\n1,2\n3,4\n2,3\n')).toEqual({ 1: '4', 2: '4', 3: '4' });
    expect(await read('customer,id\n2,1\n2,1\n')).toEqual({ 1: '2' });
  });

  it('one who stands for himself is himself', async () => {
    expect(await read('id,customer\n1,1\n2,1\n')).toEqual({ 1: '1', 2: '1' });
  });

  it('ids are compared as those of the transactions are', async () => {
    const fold = (id: string): string => id.toLowerCase();
    expect(await read('id,customer\nA@x.de,B@x.de\nb@X.de,7\n', fold)).toEqual({ 'a@x.de': '7', 'b@x.de': '7' });
    expect(await fail('id,customer\nA,1\na,2\n', fold)).toBe('E254');
  });

  it.each([
    ['id,customer\n1,2\n2,1\n', 'E284'],
    ['id,customer\n1,2\n2,3\n3,4\n4,2\n', 'E284'],
    ['id,customer\n1,2\n1,3\n', 'E254'],
    ['id,customer\n1,\n', 'E254'],
    ['id,customer\n,1\n', 'E254'],
    ['id,person\n1,2\n', 'E255'],
  ])('%j is %s', async (text, code) => {
    expect(await fail(text)).toBe(code);
  });
});

describe('rates files', () => {
  const read = (text: string, base: string | null = null) => readRates(file(text), base);
  const day = dayOf(2024, 2, 1);

  it('a rate without dates is that of all days, and currencies have no case', async () => {
    const { convert, currencies } = await read('currency,rate\nusd,0.9\n');
    expect(currencies).toEqual(['USD']);
    expect(convert(100_000n, 'USD', day)).toBe(90_000n);
    expect(convert(100_000n, 'EUR', day)).toBeNull();
    expect(convert(100_000n, '', day)).toBeNull();
  });

  it('periods are inclusive, and days between them have no rate', async () => {
    const { convert } = await read(
      'currency,rate,from,to\nUSD,1,,2024-01-31\nUSD,2,2024-02-02,2024-02-02\nUSD,3,2024-02-03,\n',
    );
    const at = (month: number, date: number) => convert(1n, 'USD', dayOf(2024, month, date));
    expect([at(1, 31), at(2, 1), at(2, 2), at(2, 3), at(12, 31)]).toEqual([1n, null, 2n, 3n, 3n]);
  });

  it('rounds half to even at four decimals', async () => {
    const { convert } = await read('currency,rate\nUSD,0.5\nJPY,0.000000000001\n');
    expect([1n, 3n, 5n, -1n, -3n].map((units) => convert(units, 'USD', day))).toEqual([0n, 2n, 2n, 0n, -2n]);
    expect(convert(10n ** 12n, 'JPY', day)).toBe(1n);
  });

  it('the currency of the figures needs no line', async () => {
    expect((await read('currency,rate\nUSD,0.9\n', 'EUR')).convert(7n, 'EUR', day)).toBe(7n);
    expect((await read('currency,rate\nUSD,0.9\nEUR,1.000\n', 'EUR')).convert(7n, 'EUR', day)).toBe(7n);
    expect((await read('currency,rate\nUSD,0.9\nEUR,2\n')).convert(7n, 'EUR', day)).toBe(14n);
    await expect(read('currency,rate\nUSD,0.9\neur,1.1\n', 'EUR')).rejects.toMatchObject({
      code: 'E254',
      values: { column: 'rate', text: '1.1' },
      place: { line: 3, column: 5 },
    });
  });

  it.each([
    ['currency,rate\nUSD,0\n', 'E254'],
    ['currency,rate\nUSD,-1\n', 'E254'],
    ['currency,rate\nUSD,"0,9"\n', 'E254'],
    ['currency,rate\nUSD,1e3\n', 'E254'],
    ['currency,rate\n,1\n', 'E254'],
    ['currency,rate,from,to\nUSD,1,2024-13-01,\n', 'E254'],
    ['currency,rate\nUSD,1\nusd,2\n', 'E285'],
    ['currency,rate,from,to\nUSD,1,,2024-01-31\nUSD,2,2024-01-31,\n', 'E285'],
    ['currency,price\nUSD,1\n', 'E255'],
  ])('%j is %s', async (text, code) => {
    expect((await failure(read(text))).code).toBe(code);
  });
});
