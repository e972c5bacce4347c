import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ColumnsBeside, type Kept } from '../../src/ledger/kept-columns.ts';

const folder = mkdtempSync(join(tmpdir(), 'clv-columns-'));
const book = join(folder, 'shop.clv');
const states = `${book}.states`;
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  writeFileSync(book, 'a book');
});

const columns = (made = 'build'): ColumnsBeside => new ColumnsBeside(book, made);
const VALUE: Kept = {
  states: { length: 3, x: Int32Array.of(0, -7, 2 ** 31 - 1), mean: Float64Array.of(1 / 3, -0, Number.NaN) },
  cells: { segments: [[]], count: new Float64Array(), part: Float64Array.of(1, 2, 3).subarray(1) },
  amount: 123_456_789_012_345_678_901n,
  late: null,
  name: 'é\n',
};

describe('columns beside a book', () => {
  it('are found by the next run, to the last bit', () => {
    columns().keep('one', VALUE);
    columns().keep('two', []);
    expect(columns().find('one')).toEqual(VALUE);
    expect(columns().find('two')).toEqual([]);
    expect(columns().find('three')).toBeUndefined();
    expect(readdirSync(states).sort()).toEqual(['one', 'two']);
  });

  it('of another build, or under another name, are none', () => {
    columns('older').keep('one', VALUE);
    expect(columns().find('one')).toBeUndefined();
    columns().keep('one', VALUE);
    writeFileSync(join(states, 'two'), readFileSync(join(states, 'one')));
    expect([columns().find('one'), columns().find('two')]).toEqual([VALUE, undefined]);
  });

  it('that were changed anywhere or cut off are none', () => {
    columns().keep('one', VALUE);
    const file = join(states, 'one');
    const bytes = readFileSync(file);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      writeFileSync(file, changed);
      expect(columns().find('one')).toBeUndefined();
    }
    for (const length of [bytes.length - 1, 70, 3, 0]) {
      writeFileSync(file, bytes);
      truncateSync(file, length);
      expect(columns().find('one')).toBeUndefined();
    }
  });

  it('make room for newer ones', () => {
    const few = new ColumnsBeside(book, 'build', 1_200);
    for (let i = 0; i < 5; i++) {
      few.keep(`${i}`, new Int32Array(100));
      utimesSync(join(states, `${i}`), i, i);
    }
    few.keep('5', new Int32Array(100));
    expect(readdirSync(states).sort()).toEqual(['4', '5']);
  });

  it('of a run that was killed while it wrote them go, those of one that writes them stay', () => {
    mkdirSync(states);
    for (const name of ['left.1.new', 'writes.2.new']) writeFileSync(join(states, name), 'half');
    utimesSync(join(states, 'left.1.new'), 0, 0);
    columns().keep('one', VALUE);
    expect(readdirSync(states).sort()).toEqual(['one', 'writes.2.new']);
  });

  it.each([0o600, 0o640, 0o664])('are as private as the book: %o', (mode) => {
    chmodSync(book, mode);
    columns().keep('one', VALUE);
    expect(statSync(join(states, 'one')).mode & 0o777).toBe(mode);
    expect(statSync(states).mode & 0o666).toBe(mode);
  });

  it('are kept nowhere where there is no book, or no folder can be made', () => {
    writeFileSync(states, 'a file');
    columns().keep('one', VALUE);
    expect(columns().find('one')).toBeUndefined();
    rmSync(states);
    rmSync(book);
    columns().keep('one', VALUE);
    expect(readdirSync(folder)).toEqual([]);
  });
});
