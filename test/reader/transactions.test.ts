import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { choicesOf } from '../../src/base/choices.ts';
import { RejectsError } from '../../src/reader/rows/rejects.ts';
import { openTransactions, type Reject } from '../../src/reader/transactions.ts';
import { runs } from '../runs.ts';
import { failure, load, mustFill, workspace } from './helpers.ts';

const space = workspace();
afterAll(space.remove);
const options = { scratch: space.scratch };
const read = (content: string | Uint8Array, more: object = {}, keys: string[] = []) =>
  load([space.file(content)], { ...options, ...more }, keys);
const fail = (content: string | Uint8Array, more: object = {}) => failure(read(content, more));

const HEADER = 'customer,date,amount,note';
const PLAIN = `${HEADER}\nC1,2024-01-02,5.00,a\nC2,2024-01-03,-2.50,\n`;

describe('plain files', () => {
  it('are handed over with their totals', async () => {
    const { result, sink, transactions } = await read(PLAIN, {}, ['note']);
    expect(sink.rows).toEqual([]);
    expect(sink.files).toMatchObject([
      { delimiter: ',', newline: '\n', fields: 4, customer: 0, date: 1, amount: 2, keys: [3] },
    ]);
    expect(result.totals).toEqual({
      records: 2,
      amount: 25_000n,
      days: 19724n + 19725n,
      idBytes: 4n,
      firstDay: 19724,
      lastDay: 19725,
    });
    expect(result.files).toMatchObject([
      { bytes: PLAIN.length, records: 2, rejected: 0, amount: 25_000n, plain: true },
    ]);
    expect(transactions.mapping).toEqual({
      customer: 'customer',
      date: 'date',
      amount: 'amount',
      detected: ['customer', 'date', 'amount'],
    });
    await transactions.verifyUnchanged();
  });

  it.each([
    ['CRLF', PLAIN.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${PLAIN}`],
    ['no last line end', PLAIN.trimEnd()],
    ['quotes everywhere', PLAIN.replace(/[^,\n]+/g, '"$&"')],
    ['semicolons', PLAIN.replaceAll(',', ';')],
    ['tabs', PLAIN.replaceAll(',', '\t')],
    ['bars', PLAIN.replaceAll(',', '|')],
  ])('may have %s', async (_, content) => {
    const { result } = await read(content);
    expect(result.files[0]?.plain).toBe(true);
    expect(result.totals).toMatchObject({ records: 2, amount: 25_000n });
  });
});

describe('files that are not plain', () => {
  it.each([
    ['line breaks in quotes', `${HEADER}\nC1,2024-01-02,5.00,"a\nC9,2024-01-01,99.00,x"\nC2,2024-01-03,-2.50,\n`],
    ['blanks around ids', PLAIN.replace('C1', ' C1 ')],
    ['empty lines', `\n${PLAIN.replaceAll('\n', '\n\n')}`],
    ['mixed line ends', PLAIN.replace('\n', '\r\n')],
    ['old Mac line ends', PLAIN.replaceAll('\n', '\r')],
    ['another date format', PLAIN.replace('2024-01-02', '2.1.2024').replace('2024-01-03', '03.01.2024')],
    ['decimal commas', PLAIN.replaceAll(',', ';').replaceAll('.', ',')],
    ['currency signs', PLAIN.replace('5.00', '$5.00')],
    ['brackets', PLAIN.replace('-2.50', '(2.50)')],
    ['grouped thousands', PLAIN.replace('5.00', '"1,005.00"').replace('-2.50', '"-1,002.50"')],
  ])('with %s are parsed to the same rows', async (_, content) => {
    const { result, sink } = await read(content);
    expect(result.files[0]?.plain).toBe(false);
    expect(sink.rows).toEqual([
      ['C1', '2024-01-02', content.includes('1,005') ? '1005.0000' : '5.0000'],
      ['C2', '2024-01-03', content.includes('1,005') ? '-1002.5000' : '-2.5000'],
    ]);
    expect(result.totals).toMatchObject({ records: 2, amount: 25_000n, days: 19724n + 19725n, idBytes: 4n });
  });

  it('keep keys, trimmed, and names of prototypes as text', async () => {
    const content = '__proto__,date,amount,constructor\n__proto__,2024-01-02,5, x \nconstructor ,2024-01-02,6,\n';
    const { sink, transactions } = await read(content, { customer: '__proto__' }, ['constructor', '__proto__']);
    expect(sink.rows).toEqual([
      ['__proto__', '2024-01-02', '5.0000', 'x', '__proto__'],
      ['constructor', '2024-01-02', '6.0000', '', 'constructor'],
    ]);
    expect(transactions.mapping.detected).toEqual(['date', 'amount']);
  });

  it('say what formats they have', async () => {
    const { result } = await read('customer;date;amount\nC1;31.12.2024;1.234,50 €\nC2;1.1.2024;12\n');
    expect(result).toMatchObject({ dateFormat: 'DD.MM.YYYY', decimalMark: ',', currency: '€' });
  });

  it('take days of offsets in the zone that is named', async () => {
    const { sink } = await read('customer,date,amount\nC1,2024-03-04T23:30:00Z,1\n', { timezone: 'Europe/Berlin' });
    expect(sink.rows[0]?.[1]).toBe('2024-03-05');
  });

  it('round amounts when asked to, on both ways', async () => {
    const { sink } = await read('customer,date,amount\nC1,2024-03-04,19.990000000000002\nC1,2024-03-04,0.125\n', {
      roundAmounts: 2,
    });
    expect(sink.rows.map((row) => row[2])).toEqual(['19.9900', '0.1200']);
    const { result, sink: second } = await read('customer,date,amount\nC1,2024-03-04,0.125\n', { roundAmounts: 2 });
    expect([result.files[0]?.plain, second.rows[0]?.[2]]).toEqual([false, '0.1200']);
  });

  it('come in batches when they are large', async () => {
    const lines = Array.from({ length: 100_000 }, (_, i) => `C${i},2024-01-02,1.00,"a\nb"\n`);
    const { sink, result } = await read(`${HEADER}\n${lines.join('')}`);
    expect(sink.rows.length).toBe(100_000);
    expect(sink.rows.at(-1)).toEqual(['C99999', '2024-01-02', '1.0000']);
    expect(result.totals.amount).toBe(1_000_000_000n);
  });
});

describe('several files', () => {
  const second = `${HEADER}\nC3,2024-01-04,1.00,"x\ny"\n`;

  it('are read as one, plain or not', async () => {
    const { result, sink } = await load([space.file(PLAIN), space.file(second)], options);
    expect(result.files.map(({ plain, records }) => [plain, records])).toEqual([
      [true, 2],
      [false, 1],
    ]);
    expect(result.totals).toMatchObject({ records: 3, amount: 35_000n, firstDay: 19724, lastDay: 19726 });
    expect([sink.files.length, sink.rows.length]).toEqual([1, 1]);
  });

  it('must have one header', async () => {
    const other = space.file('customer,date,amount,region\nC1,2024-01-02,5,\n', 'other.csv');
    const error = await failure(load([space.file(PLAIN, 'first.csv'), other], options));
    expect(error).toMatchObject({ code: 'E239', place: { file: other, line: 1 } });
  });

  it('must differ', async () => {
    const error = await failure(load([space.file(PLAIN), space.file(PLAIN)], options));
    expect(error.code).toBe('E240');
  });

  it('must have one date format: a plain file settles it', async () => {
    const slashes = `${HEADER}\nC1,03/04/2024,5,\n`;
    const rejects: Reject[] = [];
    const error = await failure(load([space.file(PLAIN), space.file(slashes)], options, [], rejects));
    expect([error.code, rejects[0]?.code]).toEqual(['E241', 'E211']);
  });
});

describe('columns', () => {
  it.each([
    ['customer,date,cds,amount,master_id', 'customer date amount'],
    ['Customer ID;Order Date;Order-Total', 'Customer ID Order Date Order-Total'],
    ['USER_ID,Created_At,Revenue', 'USER_ID Created_At Revenue'],
    ['"client","Invoice Date","net amount"', 'client Invoice Date net amount'],
  ])('%s', async (header, names) => {
    const { mapping } = await openTransactions([space.file(`${header}\n`)], options);
    expect(`${mapping.customer} ${mapping.date} ${mapping.amount}`).toBe(names);
  });

  it.each([
    ['customer,customer_id,date,amount', {}, 'E103', '--customer customer or --customer customer_id'],
    ['customer,date,amount,amount', {}, 'E103', 'give the columns different names in the header'],
    ['name,date,amount', {}, 'E102', '--customer COLUMN'],
    ['customer,date,amount', { amount: 'total' }, 'E105', undefined],
    ['customer,date,amount', { amount: 'date' }, 'E108', undefined],
    ['x,customer,date,amount,y|customer|date|amount|z', {}, 'E104', choicesOf('--delimiter', [',', '|'])],
    [`customer,date,amount${',x'.repeat(10_000)}`, {}, 'E238', undefined],
    [`customer,date,amount,"${'x'.repeat(1 << 20)}"`, {}, 'E238', undefined],
    ['"customer,date,amount', {}, 'E234', undefined],
    ['customer,date,amo"unt', {}, 'E235', undefined],
    ['customer,"date"s,amount', {}, 'E235', undefined],
  ])('%#: %s', async (header, more, code, remedy) => {
    const error = await failure(
      openTransactions([space.file(`${header}\nC1,2024-01-02,1\n`)], { ...options, ...more }),
    );
    expect(error.code).toBe(code);
    expect(error.values['options']).toEqual(remedy);
  });

  it('given by option win, exactly or nearly', async () => {
    const file = space.file('customer,Customer_ID,date,amount,Net Amount\nC1,X9,2024-01-02,1,2\n');
    const { mapping } = await openTransactions([file], { ...options, customer: 'customer_id', amount: 'netamount' });
    expect(mapping).toEqual({ customer: 'Customer_ID', date: 'date', amount: 'Net Amount', detected: ['date'] });
  });

  it('wanted as keys must be there, once', async () => {
    const file = space.file('customer,date,amount,region,region\nC1,2024-01-02,1,a,b\n');
    expect((await failure(load([file], options, ['region']))).code).toBe('E103');
    expect((await failure(load([file], options, ['product']))).code).toBe('E105');
  });
});

describe('options', () => {
  it.each([
    [{ dateFormat: 'DD/MM/Y' }],
    [{ timezone: 'Mars/Olympus' }],
    [{ encoding: 'klingon' }],
    [{ encoding: 'base64' }],
  ])('%j is E101', async (more) => {
    expect((await fail(PLAIN, more)).code).toBe('E101');
  });

  it('another date format or mark than the plain one is taken at its word', async () => {
    const file = `${HEADER}\nC1,03/04/2024,"1,234",\n`;
    const { sink } = await read(file, { dateFormat: 'MM/DD/YYYY', decimalMark: ',' });
    expect(sink.rows).toEqual([['C1', '2024-03-04', '1.2340']]);
    expect((await fail(PLAIN, { dateFormat: 'DD/MM/YYYY' })).code).toBe('E241');
    expect((await fail(PLAIN, { decimalMark: ',' })).code).toBe('E241');
  });

  /** The file of a layout that knows the header. */
  const layout = (formats?: readonly string[]): string =>
    space.file(
      JSON.stringify({
        name: 'mine',
        title: 'Mine',
        sources: [],
        match: { columns: ['customer', 'date', 'amount'] },
        date: { columns: ['date'], ...(formats && { formats }) },
      }),
    );

  it('dates are looked for among the formats of a layout', async () => {
    const file = `${HEADER}\nC1,05/06/24,1,\n`;
    const { sink, result } = await read(file, { layout: layout(['MM/DD/YY']) });
    expect(sink.rows).toEqual([['C1', '2024-05-06', '1.0000']]);
    expect(result).toMatchObject({
      dateFormat: 'MM/DD/YY as written',
      datesRead: 'MM/DD/YY, years 1980–2042 as written',
    });
    expect((await fail(file)).code).toBe('E213');
    expect((await fail(file, { layout: layout(['MM/DD/YY', 'DD/MM/YY']) })).values).toMatchObject({
      formats: 'MM/DD/YY, DD/MM/YY',
      options: choicesOf('--date-format', ['MM/DD/YY', 'DD/MM/YY']),
    });
    expect((await fail(PLAIN, { layout: layout(['MM/DD/YY']) })).code).toBe('E241');
  });

  it('days are as written where a layout says so, unless a zone is named', async () => {
    const file = `${HEADER}\nC1,2024-03-04T23:30:00-05:00,1,\n`;
    const { sink, result } = await read(file, { layout: layout() });
    expect(sink.rows).toEqual([['C1', '2024-03-04', '1.0000']]);
    expect(result.dateFormat).toBe('YYYY-MM-DD as written');
    const zoned = await read(file, { layout: layout(), timezone: 'UTC' });
    expect(zoned.sink.rows).toEqual([['C1', '2024-03-05', '1.0000']]);
    expect(zoned.result.dateFormat).toBe('YYYY-MM-DD');
    const both = { dateFormat: 'YYYY-MM-DD as written', timezone: 'UTC' };
    expect((await fail(file, both)).code).toBe('E111');
    expect((await fail(file, { ...both, dateFormat: 'as written' })).code).toBe('E111');
  });

  it('remedies name a format only if it fits every date of every file', async () => {
    const [dots, more, plain] = ['C1,13.01.2024,1,', 'C1,14.01.2024,1,', 'C1,2024-01-13,1,'].map((row) =>
      space.file(`${HEADER}\n${row}\n`),
    );
    const fitting = async (files: readonly string[], dateFormat: string) => {
      const error = await failure(load(files, { ...options, dateFormat }));
      return (error as RejectsError).rejects.samples.map(({ code, values }) => [code, values['fitting']]);
    };
    expect(await fitting([dots!, more!], 'DD/MM/YYYY')).toEqual([
      ['E211', '--date-format DD.MM.YYYY'],
      ['E211', '--date-format DD.MM.YYYY'],
    ]);
    expect(await fitting([dots!, plain!], 'YYYY-MM-DD')).toEqual([['E211', '--date-format']]);
    expect(await fitting([dots!, plain!], 'YYYY/MM/DD')).toEqual([
      ['E211', '--date-format'],
      ['E211', '--date-format'],
    ]);
  });

  it('can be aborted', async () => {
    const signal = AbortSignal.abort();
    await expect(read(PLAIN, { signal })).rejects.toThrow(/abort/i);
  });
});

describe('what is refused at once', () => {
  it.each([
    ['E231', '', undefined],
    ['E231', '\ufeff', undefined],
    ['E231', ' \r\n\n  \n', undefined],
    ['E232', HEADER, undefined],
    ['E232', `${HEADER}\n`, undefined],
    ['E232', `${HEADER}\n\n\n`, undefined],
    ['E204', `${HEADER}\nC1,2024-01-02,"1,234",\nC2,2024-01-02,500,\n`, '2:16'],
    ['E204', `${HEADER}\nC2,2024-01-02,500,\nC1,2024-01-02,1.234,\n`, '3:15'],
    ['E205', `${HEADER}\nC1,2024-01-02,$5,\nC1,2024-01-02,€5,\n`, '3:15'],
    ['E213', `${HEADER}\nC1,03/04/2024,5,\nC1,05/04/2024,5,\n`, '2:4'],
    ['E234', `${HEADER}\nC1,2024-01-02,5,a\nC2,2024-01-02,5,"b\nC3,2024-01-02,5,c\n`, '3:17'],
    ['E234', `${HEADER}\nC1,2024-01-02,5,"a\nb"\n"C2,2024-01-02,5,b\n`, '4:1'],
    ['E235', `${HEADER}\nC1,2024-01-02,5,"a\nb"x\nC2,2024-01-02,5,"b"\n`, '3:3'],
    ['E235', `${HEADER}\nC1,2024-01-02,5,a "quoted" word\n`, '2:19'],
    ['E236', `${HEADER}\nC1,2024-01-02,5,\0\n`, '2:17'],
    ['E236', `${HEADER}\0\nC1,2024-01-02,5,x\n`, '1:26'],
    ['E238', `${HEADER}\nC1,2024-01-02,5,${'x'.repeat((1 << 20) + 1)}\n`, '2:1'],
    ['E238', `${HEADER}\nC1,2024-01-02,5,"${'x\n'.repeat(1 << 22)}"\n`, '2:1'],
    ['E238', `${HEADER}\nC1,2024-01-02,5,"${'x\n'.repeat(5 << 20)}`, '2:1'],
    ['E238', `${HEADER}\nC1,2024-01-02,5,x\n${','.repeat(9 << 20)}`, '3:1'],
    ['E238', `${HEADER}\nC1,2024-01-02,5,x\n${','.repeat(10_001)}\n`, '3:1'],
  ])('%s (%#)', async (code, content, place) => {
    const error = await fail(content);
    expect(error.code).toBe(code);
    if (place) expect(`${error.place?.line}:${error.place?.column}`).toBe(place);
  });

  it('says how to settle an ambiguous date', async () => {
    const error = await fail(`${HEADER}\nC1,03/04/2024,5,\n`);
    expect(error.values['options']).toEqual(choicesOf('--date-format', ['DD/MM/YYYY', 'MM/DD/YYYY']));
    expect(error.place?.excerpt).toBe('C1,03/04/2024,5,');
  });
});

describe('rejects', () => {
  const bad = [
    ['E233', 'C1,2024-01-02,5', 1],
    ['E233', 'C1,2024-01-02,5,a,', 1],
    ['E221', ' ,2024-01-02,5,a', 1],
    ['E221', '"",2024-01-02,5,a', 2],
    ['E211', 'C1,yesterday,5,a', 4],
    ['E211', '"C ""1""", 03/04/2024,5,a', 12],
    ['E212', 'C1,2024-02-30,5,a', 4],
    ['E214', 'C1,2024-01-02T00:00:00Z,5,a', 4],
    ['E201', 'Zoë 🙂,2024-01-02,oops,a', 18],
    ['E201', 'C1,2024-01-02,,a', 15],
    ['E201', '"C,1",2024-01-02,"0x10",a', 19],
    ['E202', 'C1,2024-01-02,19.990000000000002,a', 15],
    ['E203', 'C1,2024-01-02,123456789012345,a', 15],
    ['E206', 'C1,2024-01-02,"12,50",a', 16],
  ] as const;

  it.each(bad)('%s: %s', async (code, line, column) => {
    const rejects: Reject[] = [];
    const good = 'C1,2024-01-02,5.50,"first line\r\nsecond line"\r\n';
    const file = space.file(`${HEADER}\r\n${good}\r\n${line}\r\n${good}`);
    const error = await failure(load([file], options, [], rejects));
    expect(error).toBeInstanceOf(RejectsError);
    expect(error).toMatchObject({ code: 'E241', values: { rejected: 1, records: 3 } });
    expect((error as RejectsError).rejects.samples).toEqual(rejects);
    const place = { file, line: 5, column, excerpt: line };
    expect(rejects).toEqual([{ code, values: expect.anything(), place, text: line }]);
    mustFill(code, rejects[0]!.values);
  });

  it('keep the text of a record with line breaks', async () => {
    const rejects: Reject[] = [];
    await failure(load([space.file(`${HEADER}\nC1,2024-01-02,oops,"a\nb"\nC1,x,"\n1\n",\n`)], options, [], rejects));
    expect(rejects.map(({ text }) => text)).toEqual(['C1,2024-01-02,oops,"a\nb"', 'C1,x,"\n1\n",']);
    expect(rejects.map(({ place }) => place.line)).toEqual([2, 4]);
  });

  const half = `${HEADER}\n${'C1,2024-01-02,5.00,a\nC1,2024-01-02,oops,a\n'.repeat(10)}`;

  it.each([
    [{ count: 10 }, true],
    [{ count: 9 }, false],
    [{ percent: 50 }, true],
    [{ percent: 49.9 }, false],
    [undefined, false],
  ])('up to %j are allowed', async (maxRejects, allowed) => {
    const outcome = read(half, { maxRejects });
    if (!allowed) expect((await failure(outcome)).code).toBe('E241');
    else {
      const { result, sink, rejects } = await outcome;
      expect([sink.rows.length, rejects.length, result.rejects.total]).toEqual([10, 10, 10]);
      expect(result.rejects.samples.length).toBe(3);
      expect(result.files[0]).toMatchObject({ records: 20, rejected: 10, amount: 500_000n });
    }
  });

  it('of a whole file are never allowed', async () => {
    const error = await fail(`${HEADER}\nC1,2024-02-30,5,\nC2,2024-02-31,5,\n`, { maxRejects: { percent: 100 } });
    expect(error).toMatchObject({ code: 'E241', values: { rejected: 2, records: 2 } });
  });

  it('have the right lines in a large file', async () => {
    const rejects: Reject[] = [];
    const lines = Array.from({ length: 30_000 }, (_, i) =>
      i % 1000 === 7 ? `C${i},2024-01-02,bad${i},a` : `C${i},2024-01-02,5.00,"a\nb"`,
    );
    const content = `${HEADER}\n${lines.join('\n')}\n`;
    await failure(load([space.file(content)], options, [], rejects));
    const text = content.split('\n');
    expect(rejects.length).toBe(30);
    for (const { place, values } of rejects)
      expect(text[place.line! - 1]!.slice(place.column! - 1)).toBe(`${values['text']},a`);
  });
});

describe('adversarial notes', () => {
  it('inject nothing', async () => {
    const note = fc.string({ unit: fc.constantFrom('"', '\n', '\r', ',', 'C9,2024-01-01,99.00,', 'x', ';', '\t') });
    await fc.assert(
      fc.asyncProperty(fc.array(note, { minLength: 1, maxLength: 20 }), async (notes) => {
        const lines = notes.map((text, i) => `C${i},2024-01-02,1.00,"${text.replaceAll('"', '""')}"\n`);
        const { result } = await read(`${HEADER}\n${lines.join('')}`);
        expect(result.totals).toMatchObject({ records: notes.length, amount: BigInt(notes.length) * 10_000n });
      }),
      { numRuns: runs(150) },
    );
  });
});

describe('a file cut off', () => {
  const whole = `${HEADER}\nC1,2024-01-02,5.25,"a, ""b"""\nC2,2024-01-03,-2.50,é\nC3,2024-01-04,7,"x\ny"\n`;
  const plain = whole.replace('x\ny', 'xy');
  const amounts = [5.25, -2.5, 7];

  it.each([
    ['parsed', whole],
    ['plain', plain],
  ])('at any byte loses no row in silence (%s)', async (_, text) => {
    const content = Buffer.from(text);
    const ends = [...content.keys()].filter((at) => content[at] === 10).map((at) => at + 1);
    for (let cut = 0; cut < content.length; cut++) {
      const outcome = await read(content.subarray(0, cut)).catch((error: Error) => error);
      if (outcome instanceof Error) continue;
      // It was read: then it ends with a record, and what is cut is a line end or the last field's last characters.
      const begun = ends.filter((end) => end < cut).length;
      expect(outcome.result.totals.records, `cut at ${cut}`).toBeLessThanOrEqual(begun);
      const sum = amounts.slice(0, outcome.result.totals.records).reduce((a, b) => a + b, 0);
      expect(Number(outcome.result.totals.amount) / 10_000, `cut at ${cut}`).toBe(sum);
      expect(outcome.result.totals.records).toBeGreaterThan(0);
    }
  });
});
