import { afterAll, describe, expect, it } from 'vitest';
import { readHead, type WantedHeader } from '../../src/reader/header.ts';
import { fitsHeader } from '../../src/reader/layouts/roles.ts';
import { workspace } from './helpers.ts';

const { file, remove } = workspace();
afterAll(remove);

function head(text: string, asked: Parameters<typeof fitsHeader>[1] = {}, more: Partial<WantedHeader> = {}) {
  const path = file(text);
  const fits = (header: readonly string[]): boolean => fitsHeader(header, asked);
  return readHead({ name: 'f', path }, { delimiter: undefined, layouts: { layouts: [], named: false }, fits, ...more });
}

const HEADER = 'customer_id,date,amount';
const notes = (count: number): string => Array.from({ length: count }, (_, i) => `note ${i}\n`).join('');

describe('the header', () => {
  it('is the first record where it fits', async () => {
    expect(await head(`${HEADER}\na,2024-01-01,1\n`)).toMatchObject({ skip: 1, delimiter: ',', notes: [] });
  });

  it('is found below notes, quoted ones with line breaks and delimiters among them', async () => {
    const text = `Sales of the year\n"printed by A, B\nand C"\n\n${HEADER}\na,2024-01-01,1\n`;
    const found = await head(text);
    expect(found).toMatchObject({ skip: 3, columns: HEADER.split(','), place: { line: 5 } });
    expect(found.notes).toEqual([['Sales of the year'], ['printed by A, B\nand C']]);
  });

  it('is looked for in 40 records', async () => {
    expect((await head(`${notes(39)}${HEADER}\n`)).skip).toBe(40);
    expect((await head(`${notes(40)}${HEADER}\n`)).skip).toBe(1);
  });

  it('is the one that has what is asked for', async () => {
    const text = `customer,date,total\nKonto;Tag;Geld;Gebühr\n`;
    expect((await head(text)).columns).toEqual(['customer', 'date', 'total']);
    const asked = { customer: 'Konto', date: 'Tag', amount: 'Geld - Gebühr' };
    expect(await head(text, asked)).toMatchObject({ skip: 2, delimiter: ';' });
    expect((await head(text, { ...asked, customer: 'Konto|Geld' })).skip).toBe(2);
    expect((await head(text, { ...asked, amount: 'Geld * Menge' })).skip).toBe(1);
  });

  it('is the widest where none fits, for the message', async () => {
    expect(await head('a;b;c\n1;2;3\n')).toMatchObject({ delimiter: ';', columns: ['a', 'b', 'c'], skip: 1 });
  });
});
