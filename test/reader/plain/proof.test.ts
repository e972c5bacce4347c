import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseIsoDay } from '../../../src/base/calendar.ts';
import { parseUnits } from '../../../src/base/money.ts';
import type { ControlTotals } from '../../../src/data/transactions.ts';
import { type Proof, type ProofOptions, prove } from '../../../src/reader/plain/proof.ts';
import type { PlainColumns } from '../../../src/reader/plain/scan.ts';
import { runs } from '../../runs.ts';
import { failure, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);

const SHAPE: PlainColumns = { delimiter: ',', fields: 4, customer: 0, date: 1, amount: 2, keys: [3] };
const OPTIONS: ProofOptions = { delimiter: ',', plain: true, pointGiven: false, decimals: 4 };
const HEADER = 'customer,date,amount,region';

async function proof(
  content: string | Uint8Array,
  readBytes?: number,
  options = OPTIONS,
  shape = SHAPE,
): Promise<Proof> {
  const path = space.file(content, 'proof.csv');
  return prove({ name: 'proof.csv', path }, shape, options, readBytes);
}

const isPlain = async (...lines: string[]): Promise<boolean> => {
  const { plain } = await proof(`${[HEADER, ...lines].join('\n')}\n`);
  return plain !== null;
};

/** The totals another way: csv-parse, its defaults (strict), and the plain functions of base. Null: not plain. */
function byCsvParse(content: Uint8Array): ControlTotals | null {
  const [, ...rows] = parse(Buffer.from(content), { bom: true, delimiter: SHAPE.delimiter });
  const days = rows.map((row) => parseIsoDay(row[1]!));
  const amounts = rows.map((row) => parseUnits(row[2]!, 4));
  if (rows.some((row) => row[0] === '' || row[0] !== row[0]!.trim() || row[3] !== row[3]!.trim())) return null;
  if (days.includes(null) || amounts.includes(null)) return null;
  return {
    records: rows.length,
    amount: amounts.reduce<bigint>((sum, amount) => sum + amount!, 0n),
    days: BigInt(days.reduce<number>((sum, day) => sum + day!, 0)),
    idBytes: BigInt(rows.reduce((sum, row) => sum + Buffer.byteLength(row[0]!), 0)),
    firstDay: rows.length > 0 ? Math.min(...(days as number[])) : null,
    lastDay: rows.length > 0 ? Math.max(...(days as number[])) : null,
  };
}

const id = fc.oneof(
  fc.constantFrom('1', '0042', '__proto__', 'é', 'Zoë Ł', '日本', 'a"b', 'x,y', '🙂', 'á\u00a0b', 'ﬀ'),
  fc.string({ minLength: 1, maxLength: 8 }).map((text) => text.replace(/[\0\r\n]/g, '').trim() || 'x'),
);
const date = fc.constantFrom(
  '2024-01-31',
  '2024-02-29',
  '1999-12-31',
  '1900-01-01',
  '2199-12-31',
  '1969-06-01',
  '2101-01-01',
);
const amount = fc.oneof(
  fc.stringMatching(/^-?\d{1,14}(\.\d{1,4})?$/),
  fc.constantFrom('99999999999999.9999', '-99999999999999.9999', '99999999999', '12.50'),
);
const region = fc.constantFrom('', 'north', 'a "quoted" one', 'über', 'x,y');
const row = fc.tuple(id, date, amount, region, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }));

const quoted = (text: string, always: boolean): string =>
  always || /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Files that are plain, byte order mark and missing last line end included. */
const plainFile = fc
  .tuple(fc.array(row, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.boolean())
  .map(([rows, newline, last, bom]) => {
    const lines = rows.map(([...cells]) => {
      const quotes = cells.pop() as boolean[];
      return (cells as string[]).map((cell, i) => quoted(cell, quotes[i]!)).join(',');
    });
    return `${bom ? '\ufeff' : ''}${[HEADER, ...lines].join(newline)}${last ? newline : ''}`;
  });

/** The same with damage: bytes that matter put in, taken out or changed. */
const damaged = fc
  .tuple(
    plainFile,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.constantFrom('"', ',', '\n', '\r', '\r\n', ' ', '-', '.', '0', 'x', '\u00a0', ''),
        fc.boolean(),
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
  )
  .map(([text, edits]) => {
    let result = text;
    for (const [where, piece, replace] of edits) {
      const at = where % (result.length + 1);
      result = result.slice(0, at) + piece + result.slice(replace ? at + 1 : at);
    }
    return result;
  });

const readSize = fc.integer({ min: 1, max: 64 });

describe('the proof', () => {
  it('proves plain files plain, with the totals csv-parse gives, at any read size', async () => {
    await fc.assert(
      fc.asyncProperty(plainFile, readSize, async (content, readBytes) => {
        const { plain, sha256, bytes } = await proof(content, readBytes, { ...OPTIONS, pointGiven: true });
        expect(plain?.totals).toEqual(byCsvParse(Buffer.from(content)));
        expect(sha256).toBe(createHash('sha256').update(content).digest('hex'));
        expect(bytes).toBe(Buffer.byteLength(content));
      }),
      { numRuns: runs(200) },
    );
  });

  it.each(['2567-02-28', '1403-05-26', '1445-07-03', '0113-01-15', '1899-12-31', '2200-01-01', '9999-12-31'])(
    'leaves the year of %s to who sees the column',
    async (date) => {
      expect((await proof(`${HEADER}\nx,2024-01-15,1.00,\n`, 64, OPTIONS)).plain).not.toBeNull();
      expect((await proof(`${HEADER}\nx,2024-01-15,1.00,\nx,${date},1.00,\n`, 64, OPTIONS)).plain).toBeNull();
      expect((await proof(`${HEADER}\nx,${date},1.00,\n`, 64, OPTIONS)).plain).toBeNull();
    },
  );

  it('never calls plain what csv-parse reads otherwise', async () => {
    let plainOnes = 0;
    await fc.assert(
      fc.asyncProperty(damaged, readSize, async (content, readBytes) => {
        const { plain } = await proof(Buffer.from(content), readBytes, { ...OPTIONS, pointGiven: true });
        const whole = await proof(Buffer.from(content), undefined, { ...OPTIONS, pointGiven: true });
        expect(plain).toEqual(whole.plain);
        if (plain === null) return;
        plainOnes++;
        expect(plain.totals).toEqual(byCsvParse(Buffer.from(content)));
      }),
      { numRuns: runs(500) },
    );
    expect(plainOnes).toBeGreaterThan(runs(15));
  });

  it.each([
    ['C1,2024-01-02,5.00,north'],
    ['"C1","2024-01-02","-5.00",""'],
    ['"C""1",2024-01-02,5,"a,b"'],
    ['C1,2024-01-02,99999999999999.9999,x'],
    ['C1,2024-01-02,0.123,x'],
  ])('%s is plain', async (line) => {
    expect(await isPlain(line)).toBe(true);
  });

  it.each([
    ['C1,2024-01-02,5.00'],
    ['C1,2024-01-02,5.00,north,'],
    ['C1,2024-01-02,,5.00,'],
    [',2024-01-02,5.00,north'],
    ['"",2024-01-02,5.00,north'],
    [' C1,2024-01-02,5.00,north'],
    ['C1\u00a0,2024-01-02,5.00,north'],
    ['\u3000C1,2024-01-02,5.00,north'],
    ['\ufeffC1,2024-01-02,5.00,north'],
    ['C1,2024-01-02,5.00,north '],
    ['C1,2024-02-30,5.00,north'],
    ['C1,2024-1-02,5.00,north'],
    ['C1,2024-01-02T10:00,5.00,north'],
    ['C1,2024-01-02,5.00001,north'],
    ['C1,2024-01-02,100000000000000,north'],
    ['C1,2024-01-02,.5,north'],
    ['C1,2024-01-02,5.,north'],
    ['C1,2024-01-02,+5,north'],
    ['C1,2024-01-02,$5,north'],
    ['C1,2024-01-02,1e3,north'],
    ['C1,2024-01-02,-,north'],
    ['C1,2024-01-02,,north'],
    ['C1,2024-01-02,1.234,north'],
    ['C1,2024-01-02,5,"nor\nth"'],
    ['C1,2024-01-02,5,"north'],
    ['C1,2024-01-02,5,"north"x'],
    ['C1,2024-01-02,5,no"rth'],
    ['C1,2024-01-02,5,no\rrth'],
    ['C1,2024-01-02,5,north\r'],
    ['C1,2024-01-02,5,north', ''],
    ['', 'C1,2024-01-02,5,north'],
    ['"C1" ,2024-01-02,5,north'],
  ])('%s is not', async (...lines) => {
    expect(await isPlain(...lines)).toBe(false);
  });

  it('leaves records of a mebibyte to csv-parse', async () => {
    expect(await isPlain(`C1,2024-01-02,5,${'x'.repeat(1 << 20)}`)).toBe(false);
  });

  it('leaves it open whether 1.234 groups thousands, unless something tells', async () => {
    const file = (...amounts: string[]) => `${HEADER}\n${amounts.map((text) => `C1,2024-01-02,${text},`).join('\n')}\n`;
    expect((await proof(file('1.234', '500'))).plain).toBeNull();
    expect((await proof(file('1.234'), 7, { ...OPTIONS, pointGiven: true })).plain).not.toBeNull();
    expect((await proof(file('1.234', '1234'))).plain).toBeNull();
    expect((await proof(file('1.234', '0.5'))).plain?.marks).toEqual({ points: 1, either: 1, unmarked: 0 });
    expect((await proof(file('1.234', '1.2345'))).plain).not.toBeNull();
  });

  it('is not plain where options want another reading, or rounding', async () => {
    const file = `${HEADER}\nC1,2024-01-02,5.125,\nC1,2024-01-02,5.5,\n`;
    expect((await proof(file, 5, { ...OPTIONS, plain: false })).plain).toBeNull();
    expect((await proof(file, 5, { ...OPTIONS, decimals: 2 })).plain).toBeNull();
    expect((await proof(file, 5, { ...OPTIONS, decimals: 3 })).plain).not.toBeNull();
  });

  it('sums amounts beyond the range of doubles exactly', async () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `C${i},2024-01-02,99999999999.9999,`);
    const { plain } = await proof(`${HEADER}\n${lines.join('\n')}`);
    expect(plain?.totals.amount).toBe(60_000n * 999_999_999_999_999n);
  });

  it.each([1, 2, 3, 5, 64, 1 << 20])(
    'places a byte that is not UTF-8, reading %i bytes at a time',
    async (readBytes) => {
      const content = Buffer.concat([
        Buffer.from(`${HEADER}\nZoë,2024-01-02,5,é`),
        Buffer.from([0xe9]),
        Buffer.from('x\nC2,\n'),
      ]);
      const error = await failure(proof(content, readBytes));
      expect(error.code).toBe('E237');
      expect(error.values).toEqual({ byte: '0xE9', encoding: 'UTF-8', remedy: '' });
      expect(error.place).toMatchObject({ file: 'proof.csv', line: 2, column: 19 });
    },
  );

  it.each([1, 4, 1 << 20])('refuses a character cut off at the end, reading %i bytes at a time', async (readBytes) => {
    const content = Buffer.from(`${HEADER}\nC1,2024-01-02,5,日`);
    for (const cut of [1, 2]) {
      const error = await failure(proof(content.subarray(0, content.length - cut), readBytes));
      expect([error.code, error.place?.line, error.place?.column]).toEqual(['E237', 2, 17]);
    }
  });

  it.each([1, 1 << 20])('places a NUL byte, reading %i bytes at a time', async (readBytes) => {
    const error = await failure(proof(`${HEADER}\r\nC1,2024-01-02,5,a\r\nC2,2024-\0`, readBytes));
    expect([error.code, error.place?.line, error.place?.column]).toEqual(['E236', 3, 9]);
  });

  it('places a bad byte far into a file', async () => {
    const lines = 'C1,2024-01-02,5.00,north\n'.repeat(120_000);
    const error = await failure(proof(Buffer.concat([Buffer.from(`${HEADER}\n${lines}C2,`), Buffer.from([0xff])])));
    expect(error.place).toMatchObject({ line: 120_002, column: 4 });
  });

  it('agrees with csv-parse on a longer file', async () => {
    const path = space.file(`${HEADER}\n${'C1,2024-01-02,5.25,north\n'.repeat(1000)}`, 'many.csv');
    const { plain } = await prove({ name: path, path }, SHAPE, OPTIONS);
    expect(plain?.totals).toEqual(byCsvParse(readFileSync(path)));
  });
});
