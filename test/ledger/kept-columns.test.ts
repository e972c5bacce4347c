import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
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

/** A key, as hashes are. */
const key = (name: string): string => name.repeat(32).slice(0, 32);
const [ONE, TWO] = [key('1'), key('2')];
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
    columns().keep(ONE, VALUE);
    columns().keep(TWO, []);
    expect(columns().find(ONE)).toEqual(VALUE);
    expect(columns().find(TWO)).toEqual([]);
    expect(columns().find(key('3'))).toBeUndefined();
    expect(readdirSync(states).sort()).toEqual([ONE, TWO]);
  });

  it('of another build, or under another name, are none', () => {
    columns('older').keep(ONE, VALUE);
    expect(columns().find(ONE)).toBeUndefined();
    columns().keep(ONE, VALUE);
    writeFileSync(join(states, TWO), readFileSync(join(states, ONE)));
    expect([columns().find(ONE), columns().find(TWO)]).toEqual([VALUE, undefined]);
  });

  it('that were changed anywhere or cut off are none', () => {
    columns().keep(ONE, VALUE);
    const file = join(states, ONE);
    const bytes = readFileSync(file);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      writeFileSync(file, changed);
      expect(columns().find(ONE)).toBeUndefined();
    }
    for (const length of [bytes.length - 1, 70, 3, 0]) {
      writeFileSync(file, bytes);
      truncateSync(file, length);
      expect(columns().find(ONE)).toBeUndefined();
    }
  });

  it('make room for newer ones', () => {
    const few = new ColumnsBeside(book, 'build', 1_200);
    for (let i = 0; i < 5; i++) {
      few.keep(key(`${i}`), new Int32Array(100));
      utimesSync(join(states, key(`${i}`)), i, i);
    }
    few.keep(key('5'), new Int32Array(100));
    expect(readdirSync(states).sort()).toEqual([key('4'), key('5')]);
  });

  it('of a run that was killed while it wrote them go, those of one that writes them stay', () => {
    mkdirSync(states);
    for (const name of [`${ONE}.1.new`, `${TWO}.2.new`]) writeFileSync(join(states, name), 'half');
    utimesSync(join(states, `${ONE}.1.new`), 0, 0);
    columns().keep(ONE, VALUE);
    expect(readdirSync(states).sort()).toEqual([ONE, `${TWO}.2.new`]);
  });

  it('leave alone what somebody else has put there, and go nowhere by a link', () => {
    mkdirSync(states);
    writeFileSync(join(states, 'notes.txt'), 'x'.repeat(2_000));
    utimesSync(join(states, 'notes.txt'), 0, 0);
    const few = new ColumnsBeside(book, 'build', 1_000);
    few.keep(ONE, VALUE);
    ColumnsBeside.forget(book);
    expect(readdirSync(states)).toEqual(['notes.txt']);
    const elsewhere = join(folder, 'elsewhere');
    renameSync(states, elsewhere);
    writeFileSync(join(elsewhere, TWO), 'somebody');
    symlinkSync(elsewhere, states);
    few.keep(ONE, VALUE);
    ColumnsBeside.forget(book);
    expect(readdirSync(elsewhere).sort()).toEqual([TWO, 'notes.txt']);
  });

  it('go with the folder where nothing else is in it', () => {
    columns().keep(ONE, VALUE);
    ColumnsBeside.forget(book);
    ColumnsBeside.forget(book);
    expect(readdirSync(folder)).toEqual(['shop.clv']);
  });

  it.each([0o600, 0o640, 0o664])('are as private as the book: %o', (mode) => {
    chmodSync(book, mode);
    columns().keep(ONE, VALUE);
    expect(statSync(join(states, ONE)).mode & 0o777).toBe(mode);
    expect(statSync(states).mode & 0o666).toBe(mode);
  });

  it('are kept nowhere where there is no book, or no folder can be made', () => {
    writeFileSync(states, 'a file');
    columns().keep(ONE, VALUE);
    expect(columns().find(ONE)).toBeUndefined();
    rmSync(states);
    rmSync(book);
    columns().keep(ONE, VALUE);
    expect(readdirSync(folder)).toEqual([]);
  });
});
