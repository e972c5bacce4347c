import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { columnarEngine } from '../../../src/ledger/registry.ts';
import type { Reject } from '../../../src/reader/transactions.ts';
import { type OldTimestamp, oldParquet, parquet } from '../../make-parquet.ts';
import { failure, load, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);
const options = { scratch: space.scratch, columnar: columnarEngine(space.scratch) };
let count = 0;
const file = (query: string) => parquet(join(space.path, `p${count++}.parquet`), query);
/** Reads a file of one row or more; what is handed over, or the rows that were parsed. */
const read = async (query: string, more: object = {}, keys: string[] = [], rejects: Reject[] = []) => {
  const { result, sink } = await load([await file(query)], { ...options, ...more }, keys, rejects);
  const text = sink.files.flatMap(({ path }) => readFileSync(path, 'utf8').split('\n').slice(1, -1));
  return { result, rows: sink.rows, text };
};
const fail = async (query: string, more: object = {}, keys: string[] = []) => failure(read(query, more, keys));
const row = (customer: string, date: string, amount: string, more = '') =>
  `SELECT ${customer} AS customer, ${date} AS date, ${amount} AS amount${more}`;
const DAY = `DATE '2024-02-29'`;

describe('columns of types', () => {
  it.each([
    ['DECIMAL', `12.50::DECIMAL(10,2)`, '12.50'],
    ['DECIMAL with idle zeros', `100.500000::DECIMAL(38,6)`, '100.5'],
    ['DECIMAL that looks grouped', `1.234::DECIMAL(10,3)`, '1.234'],
    ['DECIMAL without decimals', `100::DECIMAL(38,0)`, '100'],
    ['INTEGER', `-7::INTEGER`, '-7'],
    ['UBIGINT', `7::UBIGINT`, '7'],
    ['DOUBLE', `19.99::DOUBLE`, '19.99'],
    ['FLOAT', `19.99::FLOAT`, '19.99'],
    ['DOUBLE that looks grouped', `1.234::DOUBLE`, '1.234'],
    ['VARCHAR', `'12.5'`, '"12.5"'],
  ])('%s is an amount', async (_, amount, text) => {
    const { result, text: lines } = await read(row(`'a'`, DAY, amount), { decimalMark: undefined });
    expect(lines[0]?.split(',')[2]).toBe(text);
    expect(result.files[0]).toMatchObject({ plain: true, records: 1, rejected: 0 });
  });

  it.each([
    ['more than 4 decimals', `1.00001::DECIMAL(10,5)`, 'E202', '1.00001'],
    ['more than 14 digits', `123456789012345::BIGINT`, 'E203', '123456789012345'],
    ['a float with dust', `19.990000000000002::DOUBLE`, 'E202', '19.990000000000002'],
    ['a float that is dust', `5.5e-17::DOUBLE`, 'E202', '0.00000000000000005500'],
    ['no number', `'nan'::DOUBLE`, 'E201', 'nan'],
    ['nothing', `NULL::DOUBLE`, 'E201', ''],
  ])('%s is a reject', async (_, amount, code, text) => {
    const rejects: Reject[] = [];
    const query = `${row(`'a'`, DAY, amount)} UNION ALL ${row(`'b'`, DAY, '1')}`;
    await read(amount.startsWith(`'`) ? row(`'a'`, DAY, amount) : query, {}, [], rejects).catch(() => {});
    expect(rejects.map((reject) => [reject.code, reject.values['text']])).toEqual([[code, text]]);
  });

  it('amounts round when asked to', async () => {
    const query = `${row(`'a'`, DAY, `19.990000000000002::DOUBLE`)} UNION ALL ${row(`'a'`, DAY, `5.5e-17::DOUBLE`)}`;
    expect((await read(query, { roundAmounts: 2 })).rows).toEqual([
      ['a', '2024-02-29', '19.9900'],
      ['a', '2024-02-29', '0.0000'],
    ]);
  });

  it.each([
    ['DATE', DAY],
    ['TIMESTAMP', `TIMESTAMP '2024-02-29 23:59:59.5'`],
    ['TIMESTAMP_NS', `TIMESTAMP_NS '2024-02-29 23:59:59.5'`],
    ['VARCHAR', `'2024-02-29'`],
  ])('%s is a date', async (_, date) => {
    expect((await read(row('7', date, '1'))).text).toEqual([expect.stringMatching(/^7,"?2024-02-29"?,1$/)]);
  });

  it('an instant is a date of the zone that is named', async () => {
    const query = `SELECT 'a' AS customer, 1 AS amount, unnest([TIMESTAMPTZ '2024-02-29 23:30:00.5+00', NULL, 'infinity']) AS date`;
    expect((await read(query, { timezone: 'Europe/Berlin', maxRejects: { count: 2 } })).rows).toEqual([
      ['a', '2024-03-01', '1.0000'],
    ]);
    expect(await fail(query)).toMatchObject({ code: 'E246', values: { column: 'date' } });
    const none = row(`'a'`, 'NULL::TIMESTAMPTZ', '1');
    expect(await fail(none, { timezone: 'UTC' })).toMatchObject({ code: 'E241', values: { rejected: 1 } });
  });

  it.each([
    'UTC',
    'Europe/Berlin',
    'America/Sao_Paulo',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'Africa/Cairo',
  ])('an instant is the day that its text is, in %s', async (timezone) => {
    const times = `SELECT TIMESTAMPTZ '2011-01-01 00:00:00.25+00' + i * INTERVAL '50 minutes 7 seconds' AS t FROM range(12000) r(i)
      UNION ALL SELECT unnest([TIMESTAMPTZ '1905-06-07 08:09:10+00', '1969-12-31 23:59:59.999999+00', '2050-03-04 05:06:07+00'])`;
    const days = async (date: string) => {
      const { rows, text } = await read(`SELECT 'a' AS customer, ${date} AS date, 1 AS amount FROM (${times})`, {
        timezone,
      });
      return rows.length > 0 ? rows.map((one) => one[1]) : text.map((line) => line.split(',')[1]);
    };
    const wanted = await days(`strftime(make_timestamp(epoch_us(t)), '%Y-%m-%d %H:%M:%S') || 'Z'`);
    expect(wanted.length).toBe(12_003);
    expect(await days('t')).toEqual(wanted);
  });

  it.each<OldTimestamp>(['TIMESTAMP_MILLIS', 'TIMESTAMP_MICROS', 'INT96'])(
    'a timestamp of before there were zones, %s, is an instant',
    async (kind) => {
      const times = ['2024-02-29T23:30:00.5Z', '1969-12-31T23:59:59Z', '2024-07-01T21:59:59Z', '2024-07-01T22:00:00Z'];
      const path = oldParquet(join(space.path, `old${count++}.parquet`), kind, [...times.map(Date.parse), null]);
      const days = async (timezone: string) => {
        const { sink } = await load([path], { ...options, timezone, maxRejects: { count: 1 } });
        return sink.rows.map((one) => one[1]);
      };
      expect(await days('UTC')).toEqual(['2024-02-29', '1969-12-31', '2024-07-01', '2024-07-01']);
      expect(await days('Europe/Berlin')).toEqual(['2024-03-01', '1970-01-01', '2024-07-01', '2024-07-02']);
      expect(await days('America/New_York')).toEqual(['2024-02-29', '1969-12-31', '2024-07-01', '2024-07-01']);
      const error = await failure(load([path], options));
      expect(error).toMatchObject({ code: 'E246', values: { column: 'date', type: kind }, place: { file: path } });
      const { result } = await load([path], { ...options, timezone: 'UTC', maxRejects: { count: 1 } });
      expect(result.idleZone).toBeNull();
    },
  );

  it('have the formats of their text, whatever is said of that of others', async () => {
    const query = row(`'a'`, DAY, `1.234::DECIMAL(5,3)`);
    const { result } = await read(query, { decimalMark: ',', dateFormat: 'DD/MM/YYYY' });
    expect(result.files[0]).toMatchObject({ plain: true, amount: 12_340n });
    const mixed = `${row(`'a'`, `'31.12.2024'`, '1.234::DOUBLE')} UNION ALL ${row(`'b'`, `'1.2.2024'`, '2')}`;
    expect((await read(mixed)).rows).toEqual([
      ['a', '2024-12-31', '1.2340'],
      ['b', '2024-02-01', '2.0000'],
    ]);
    const texts = `${row(`'a'`, DAY, `'1.234,50 €'`)} UNION ALL ${row(`'b'`, `NULL`, `'2'`)}`;
    expect((await read(texts, { maxRejects: { count: 1 } })).rows).toEqual([['a', '2024-02-29', '1234.5000']]);
  });

  it('are keys as text', async () => {
    const { rows } = await read(
      row(`' a '`, DAY, '1', `, 'x"' || chr(10) || ',y' AS k, 3 AS n, true AS b, NULL AS z, DATE '2024-01-01' AS d`),
      {},
      ['k', 'n', 'b', 'd', 'k'],
    );
    expect(rows).toEqual([['a', '2024-02-29', '1.0000', 'x"\n,y', '3', 'true', '2024-01-01', 'x"\n,y']]);
  });

  it.each([
    ['customer', row('1.5::DOUBLE', DAY, '1'), 'DOUBLE'],
    ['customer', row(`'\\xAA'::BLOB`, DAY, '1'), 'BLOB'],
    ['date', row('1', '20240229', '1'), 'INTEGER'],
    ['amount', row('1', DAY, 'true'), 'BOOLEAN'],
    ['key of segments or margins', row('1', DAY, '1', `, {'a': 1} AS k`), 'STRUCT(a INTEGER)'],
  ])('E242: no %s in %s', async (what, query, type) => {
    expect(await fail(query, {}, what.startsWith('key') ? ['k'] : [])).toMatchObject({
      code: 'E242',
      values: { what, type },
    });
  });
});

describe('rows', () => {
  it('are placed by their number, whatever line breaks their texts have', async () => {
    const query = `SELECT * FROM (VALUES ('a', 'x' || chr(10) || '"' || chr(13), 1), (NULL, 'y', 2), ('c', chr(10), NULL), ('d', 'z', 4))
      AS t(customer, k, amount), (SELECT ${DAY} AS date)`;
    const rejects: Reject[] = [];
    const { rows, result } = await read(query, { maxRejects: { count: 2 } }, ['k'], rejects);
    expect(rows.map(([id]) => id)).toEqual(['a', 'd']);
    expect(rejects.map(({ code, place }) => [code, place.line, place.column])).toEqual([
      ['E221', 2, undefined],
      ['E201', 3, undefined],
    ]);
    expect(result.files[0]).toMatchObject({ records: 4, rejected: 2 });
  });

  it('may hold what no text may: NUL is placed', async () => {
    const query = `${row(`'a'`, DAY, '1')} UNION ALL ${row(`'b' || chr(0)`, DAY, '1')}`;
    expect(await fail(query)).toMatchObject({ code: 'E236', place: { line: 2 } });
  });

  it('of none is E232, of others than the file says E501', async () => {
    expect(await fail(`${row('1', DAY, '1')} LIMIT 0`)).toMatchObject({ code: 'E232' });
    const engine = columnarEngine(space.scratch);
    const more = {
      ...engine,
      describe: async (files: Parameters<typeof engine.describe>[0]) =>
        (await engine.describe(files)).map((one) => ({ ...one, rows: 3 })),
    };
    const error = await fail(row('1', DAY, '1'), { columnar: more });
    expect(error).toMatchObject({ code: 'E501', values: { ledger: 3, reader: 1 } });
  });
});

describe('a Parquet file', () => {
  it('keeps the names that differ only in case, which the engine renames', async () => {
    const path = await file(`SELECT 'a' AS customer, ${DAY} AS date, 1 AS "Amount", 2 AS amounX`);
    writeFileSync(path, readFileSync(path, 'latin1').replaceAll('amounX', 'amount'), 'latin1');
    expect(await failure(load([path], options))).toMatchObject({
      code: 'E103',
      values: { columns: 'Amount, amount' },
    });
    const { result } = await load([path], { ...options, amount: 'amount' });
    expect(result.totals.amount).toBe(20_000n);
  });

  it('may have columns of columns beside those that are read', async () => {
    const { result } = await read(
      `SELECT {'x': 1, 'y': [1, 2]} AS s, [[1]] AS l, map {1: 2} AS m, 'a' AS customer, ${DAY} AS date, 5 AS amount`,
    );
    expect(result.totals.amount).toBe(50_000n);
  });

  it('is known by its bytes: any name, packed, from standard input; its hash is that of what was given', async () => {
    const path = await file(row(`'a'`, DAY, '1'));
    const { createHash } = await import('node:crypto');
    const { Readable } = await import('node:stream');
    const packed = gzipSync(readFileSync(path));
    const { result } = await load(['-'], { ...options, stdin: Readable.from([packed]) });
    expect(result.files).toMatchObject([
      { records: 1, bytes: packed.length, sha256: createHash('sha256').update(packed).digest('hex') },
    ]);
    const named = space.file(readFileSync(path), 'named.csv');
    expect((await load([named], options)).result.files).toMatchObject([{ records: 1, amount: 10_000n }]);
    expect(await failure(load([named, path], options))).toMatchObject({ code: 'E240', values: { first: named } });
  });

  it('whose other columns differ is not the same content', async () => {
    const [one, two] = [
      await file(row(`'a'`, DAY, '1', ', 1 AS other')),
      await file(row(`'a'`, DAY, '1', ', 2 AS other')),
    ];
    expect((await load([one, two], options)).result.totals.records).toBe(2);
  });

  it('that is damaged is E243, in words without our names for it', async () => {
    const bytes = readFileSync(
      await file(`SELECT i::VARCHAR AS customer, ${DAY} AS date, i AS amount FROM range(9999) t(i)`),
    );
    const cut = space.file(bytes.subarray(0, bytes.length - 20), 'cut.parquet');
    const error = await failure(load([cut], options));
    expect(error).toMatchObject({ code: 'E243', place: { file: cut } });
    expect(error.values['detail']).toBe(`No magic bytes found at end of file '${cut}'`);
    const holed = space.file(Buffer.from(bytes).fill(0x55, 1000, 9000), 'holed.parquet');
    expect(await failure(load([holed], options))).toMatchObject({ code: 'E243' });
    expect(String((await failure(load([holed], options))).values['detail'])).not.toContain(space.scratch);
  });

  it('is no text where nothing can read it', async () => {
    const path = await file(row(`'a'`, DAY, '1'));
    expect(['E236', 'E237']).toContain((await failure(load([path], { scratch: space.scratch }))).code);
  });
});
