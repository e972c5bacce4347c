import { afterAll, describe, expect, it } from 'vitest';
import { failure, load, workspace } from './helpers.ts';

const space = workspace();
afterAll(() => space.remove());

const HEADER = 'customer,date,amount';
const options = { scratch: space.scratch, maxRejects: { count: 1 } };
const rows = async (lines: readonly string[], more: object = {}) =>
  (await load([space.file(`${[HEADER, ...lines].join('\n')}\n`)], { ...options, ...more })).sink.rows;

describe('evidence for the dates of a column', () => {
  const lines = ['a,03/04/2024,10.00', 'a,13/01/2024,10.00'];

  it.each([
    ['a blank id', ',01/13/2024,10.00'],
    ['an amount that is none', 'a,01/13/2024,oops'],
    ['a blank amount', 'a,01/13/2024,'],
  ])('is nothing of a row that is rejected for %s, wherever it stands', async (_, rejected) => {
    const expected = [
      ['a', '2024-04-03', '10.0000'],
      ['a', '2024-01-13', '10.0000'],
    ];
    expect(await rows([...lines, rejected])).toEqual(expected);
    expect(await rows([rejected, ...lines])).toEqual(expected);
  });

  it('is that of all rows where every one is rejected', async () => {
    const error = await failure(rows(['a,13/01/2024,x', 'a,14/01/2024,y', 'a,15/01/2024,z']));
    expect(error.code).toBe('E241');
    expect((error as unknown as { rejects: { counts: Map<string, number> } }).rejects.counts).toEqual(
      new Map([['E201', 3]]),
    );
  });

  it('contests a format in every order, also where rows may be rejected', async () => {
    const four = ['a,01/02/2024,10.00', 'a,03/04/2024,10.00', 'a,13/01/2024,10.00', 'a,01/13/2024,10.00'];
    for (let i = 0; i < 4; i++) {
      const turned = [...four.slice(i), ...four.slice(0, i)];
      expect((await failure(rows(turned))).code).toBe('E213');
    }
  });

  it('finds years of two calendars in files together', async () => {
    const files = ['a,15/01/2567,10.00', 'a,16/01/2024,10.00'].map((line) => space.file(`${HEADER}\n${line}\n`));
    const error = await failure(load(files, options));
    expect(error).toMatchObject({
      code: 'E228',
      values: { one: 'Buddhist', other: 'Gregorian', where: `${files[1]}:2` },
    });
  });

  it('takes the years by the calendar that is asked for', async () => {
    expect(await rows(['a,2567-02-28,1.00'], { calendar: 'gregorian' })).toEqual([['a', '2567-02-28', '1.0000']]);
    expect(await rows(['a,2567-02-29,1.00'])).toEqual([['a', '2024-02-29', '1.0000']]);
    expect(await rows(['a,15/01/67,1.00'], { calendar: 'buddhist' })).toEqual([['a', '2024-01-15', '1.0000']]);
    expect(await rows(['a,99/12/31,1.00', 'a,100/01/01,1.00'], { calendar: 'minguo' })).toEqual([
      ['a', '2010-12-31', '1.0000'],
      ['a', '2011-01-01', '1.0000'],
    ]);
    expect((await failure(rows(['a,2024-01-15,1.00', 'a,2024-01-16,1.00'], { calendar: 'buddhist' }))).code).toBe(
      'E241',
    );
  });
});
