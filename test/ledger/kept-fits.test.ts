import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { FitsBeside } from '../../src/ledger/kept-fits.ts';

const folder = mkdtempSync(join(tmpdir(), 'clv-fits-'));
const book = join(folder, 'shop.clv');
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  writeFileSync(book, 'a book');
});

const fit = {
  model: 'pareto-nbd',
  fit: { parameters: [0.1, 1 / 3, 5e-324], covariance: [[1e300]], correlation: null },
};

/** Keeps a value, as one run does. */
function keep(key: string, value: unknown, made = 'build'): void {
  const fits = new FitsBeside(book, made);
  fits.keep(key, value);
  fits.write();
}
const find = (key: string, made = 'build'): unknown => new FitsBeside(book, made).find(key);

describe('fits beside a book', () => {
  it('are found by the next run, to the last digit', () => {
    keep('one', fit);
    keep('two', null);
    expect(find('one')).toEqual(fit);
    expect(find('two')).toBeNull();
    expect(find('three')).toBeUndefined();
    expect(readdirSync(folder).sort()).toEqual(['shop.clv', 'shop.clv.fits']);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -0, undefined])(
    'are not kept with a %s, which JSON does not hold',
    (value) => {
      keep('one', { value });
      expect(find('one')).toBeUndefined();
    },
  );

  it('of another build are none, and go with the next that is kept', () => {
    keep('one', fit, 'older');
    expect(find('one')).toBeUndefined();
    keep('two', fit);
    expect(find('one', 'older')).toBeUndefined();
    expect(find('two')).toEqual(fit);
  });

  it('that were changed or cut off are none; the others stay', () => {
    keep('one', fit);
    keep('two', fit);
    const file = `${book}.fits`;
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('0.1', '0.2'));
    expect([find('one'), find('two')]).toEqual([undefined, fit]);
    writeFileSync(file, text.slice(0, -9));
    expect([find('one'), find('two')]).toEqual([fit, undefined]);
    writeFileSync(file, text);
    appendFileSync(file, '\n\0 x\n');
    expect([find('one'), find('two')]).toEqual([fit, fit]);
  });

  it('make room for newer ones', () => {
    for (let i = 0; i < 5; i++) keep(`${i}`, 'x'.repeat(1_000_000));
    expect([0, 1, 2, 3, 4].map((i) => find(`${i}`) !== undefined)).toEqual([false, false, true, true, true]);
  });

  it('are not written by two runs at once, unless one of them was left long ago', () => {
    const other = `${book}.fits.new`;
    writeFileSync(other, 'half');
    keep('one', fit);
    expect([find('one'), readFileSync(other, 'utf8')]).toEqual([undefined, 'half']);
    utimesSync(other, 0, 0);
    keep('one', fit);
    expect(find('one')).toEqual(fit);
    expect(readdirSync(folder).sort()).toEqual(['shop.clv', 'shop.clv.fits']);
  });

  it('take the place of no file that this program has not written', () => {
    writeFileSync(`${book}.fits`, 'SIMPLE  =  T');
    keep('one', fit);
    expect(readFileSync(`${book}.fits`, 'utf8')).toBe('SIMPLE  =  T');
    expect(readdirSync(folder).sort()).toEqual(['shop.clv', 'shop.clv.fits']);
  });

  it('are written nowhere where there is no book, and leave nothing', () => {
    rmSync(book);
    keep('one', fit);
    expect(readdirSync(folder)).toEqual([]);
  });
});
