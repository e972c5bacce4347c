import { describe, expect, it } from 'vitest';
import { RecordHashes } from '../../src/reader/plain/repeats.ts';
import { folded } from '../../src/reader/rows/ids.ts';
import { Orders } from '../../src/reader/rows/orders.ts';

describe('ids', () => {
  const id = (text: string, foldIds: boolean, foldEmail = false) => folded(text, { foldIds, foldEmail, alias: null });

  it.each([
    ['17850.0', '17850'],
    ['0017850.00', '0017850'],
    ['1e+05', '100000'],
    ['1E+05', '100000'],
    ['1e5', '1e5'],
    ['1.23457E+11', '1.23457E+11'],
    ['1.2e+05', '1.2e+05'],
    ['17850.5', '17850.5'],
    ['Mu\u0308ller', 'Müller'],
    ['a\u200bb\ufeff', 'ab'],
    ['A', 'A'],
  ])('%j is %j', (text, expected) => {
    expect(id(text, true)).toBe(expected);
    expect(id(text, false)).toBe(text);
  });

  it('e-mails alone lose their case', () => {
    expect(id('X@Y.de', false, true)).toBe('x@y.de');
    expect(id('XY', false, true)).toBe('XY');
  });
});

describe('Orders', () => {
  it.each([
    [
      'a line of its own',
      [
        ['1', '10', 0],
        ['2', '10', 0],
      ],
      ['first', 'first'],
    ],
    [
      'lines that stand together',
      [
        ['1', '10', 0],
        ['1', '10', 0],
        ['1', '', 0],
      ],
      ['first', 'next', 'next'],
    ],
    [
      'lines apart in one file',
      [
        ['1', '10', 0],
        ['2', '5', 0],
        ['1', '10', 0],
        ['1', '', 0],
      ],
      ['first', 'first', 'again', 'next'],
    ],
    [
      'the same in a second file',
      [
        ['1', '10', 0],
        ['1', '10', 1],
        ['1', '', 1],
      ],
      ['first', 'again', 'next'],
    ],
    [
      'another amount',
      [
        ['1', '10', 0],
        ['1', '11', 0],
        ['1', '11', 1],
      ],
      ['first', 'differs', 'differs'],
    ],
  ] as const)('%s', (_, lines, expected) => {
    const orders = new Orders();
    expect(lines.map(([key, content, file]) => orders.see(key, content, file))).toEqual(expected);
  });
});

describe('RecordHashes', () => {
  it('finds every repeat and no other, while it grows', () => {
    const hashes = new RecordHashes();
    const bytes = (i: number) => Buffer.from(`c${i % 977},2024-01-${i % 28},${i}`);
    const add = (i: number, file: number) => hashes.add(bytes(i), [0, bytes(i).length], 0x2c, file);
    const count = 150_000;
    for (let i = 0; i < count; i++) if (add(i, i % 7) !== -1) throw new Error(`${i} is no repeat`);
    for (let i = 0; i < count; i += 997) expect(add(i, 9)).toBe(i % 7);
    expect(add(count, 9)).toBe(-1);
  });

  it('finds a record in other quotes, with another delimiter, and with blanks around its fields', () => {
    const hashes = new RecordHashes();
    const add = (text: string, mark: string, file: number) =>
      hashes.add(Buffer.from(text), [0, Buffer.byteLength(text)], mark.charCodeAt(0), file);
    expect(add('a b,2024-01-05,10.00', ',', 0)).toBe(-1);
    expect(add('"a b";2024-01-05; 10.00 ', ';', 1)).toBe(0);
    for (const other of [
      'ab,2024-01-05,10.00',
      'a  b,2024-01-05,10.00',
      'a b,2024-01-0,510.00',
      'a b,2024-01-05,10.00,',
    ])
      expect(add(other, ',', 2)).toBe(-1);
  });

  it('looks at the part of the bytes that it is told', () => {
    const hashes = new RecordHashes();
    expect(hashes.add(Buffer.from('xx10yy'), [2, 4], 0x2c, 3)).toBe(-1);
    expect(hashes.add(Buffer.from('10'), [0, 2], 0x2c, 4)).toBe(3);
    expect(hashes.add(Buffer.from('01'), [0, 2], 0x2c, 4)).toBe(-1);
  });
});
