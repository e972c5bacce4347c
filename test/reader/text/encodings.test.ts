import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import { failure, load, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);
const scratch = space.scratch;

/** Text of each encoding as its systems write it. */
const TEXTS: readonly (readonly [encoding: string, name: string])[] = [
  ['shift_jis', '佐藤花子'],
  ['gb18030', '买家会员名'],
  ['euc-kr', '김민수'],
  ['big5', '王小明'],
  ['windows-1251', 'Покупатель'],
  ['windows-1250', 'Zażółć gęślą'],
  ['windows-874', 'สมชาย'],
  ['windows-1256', 'أحمد'],
  ['windows-1254', 'Şükrü'],
  ['windows-1252', 'Zoë Núñez'],
];

/** The encodings that a remedy names. */
function named(remedy: unknown): string[] {
  return [...String(remedy).matchAll(/--encoding (\S+) \(/g)].map(([, encoding]) => encoding!);
}

describe('a file that is not UTF-8', () => {
  it.each(TEXTS)('in %s is shown as %s, and every encoding that is named reads it', async (encoding, name) => {
    const text = `customer,date,amount\n${name},2024-01-02,5\n`;
    const file = space.file(iconv.encode(text, encoding));
    const error = await failure(load([file], { scratch }));
    expect(error.code).toBe('E237');
    const encodings = named(error.values['remedy']);
    expect(encodings).toContain(encoding);
    expect(error.values['remedy']).toContain(`--encoding ${encoding} (${name.slice(0, 18)}`);
    for (const one of encodings) expect((await load([file], { scratch, encoding: one })).result.totals.records).toBe(1);
    const right = await load([file], { scratch, encoding }, ['customer']);
    expect(right.result.totals.records).toBe(1);
  });

  it('never names what was just tried and failed', async () => {
    const file = space.file(iconv.encode('顧客,date,amount,customer\na,2024-01-02,5,受注番号\n', 'shift_jis'));
    const error = await failure(load([file], { scratch, encoding: 'windows-1252' }));
    expect(error).toMatchObject({ code: 'E237', values: { encoding: 'windows-1252' } });
    expect(named(error.values['remedy'])).toContain('shift_jis');
    expect(named(error.values['remedy'])).not.toContain('windows-1252');
  });

  it('nor anything for bytes that are no text', async () => {
    const bytes = Buffer.concat([
      Buffer.from('customer,date,amount\na,2024-01-02,5,'),
      Buffer.from([0x81, 0x01, 0xff, 0x02]),
    ]);
    const error = await failure(load([space.file(bytes)], { scratch }));
    expect(error.values['remedy']).toBe('export it as UTF-8');
  });

  it.each(['utf-16le', 'utf-16be'])('%s without a mark is known by its zeros', async (encoding) => {
    const text = 'customer,date,amount\n一佐藤,2024-01-02,5\n';
    const file = space.file(iconv.encode(text, encoding));
    const error = await failure(load([file], { scratch }));
    expect(error.code).toBe('E236');
    expect(named(error.values['remedy'])).toEqual([encoding]);
    expect((await load([file], { scratch, encoding })).result.totals.records).toBe(1);
    const cut = space.file(Buffer.concat([iconv.encode(text, encoding), Buffer.from([0x61])]));
    expect(named((await failure(load([cut], { scratch }))).values['remedy'])).toEqual([]);
  });

  it('with a zero somewhere is damaged', async () => {
    const error = await failure(load([space.file('customer,date,amount\na,2024-01-02,5\0\n')], { scratch }));
    expect(error).toMatchObject({
      code: 'E236',
      values: { remedy: 'the export is damaged or not text: export it again' },
    });
  });

  it('0x80 is no character of Shift_JIS', async () => {
    const bytes = Buffer.concat([
      Buffer.from('customer,date,amount\na'),
      Buffer.from([0x80]),
      Buffer.from(',2024-01-02,5\n'),
    ]);
    const error = await failure(load([space.file(bytes)], { scratch, encoding: 'cp932' }));
    expect(error).toMatchObject({ code: 'E237', values: { encoding: 'cp932' }, place: { line: 2, column: 2 } });
  });
});

describe('a backslash before digits', () => {
  const text = 'customer,date,amount\na,2024-01-02,"\\1,200"\nb,2024-01-02,\\980\n';
  it.each([
    ['cp932', '1200.0000'],
    ['euc-jp', '1200.0000'],
    ['cp949', '1200.0000'],
  ])('is a sign in %s', async (encoding, amount) => {
    const { sink } = await load([space.file(text)], { scratch, encoding });
    expect(sink.rows[0]![2]).toBe(amount);
  });

  it.each([undefined, 'windows-1252'])('and none in %s', async (encoding) => {
    expect((await failure(load([space.file(text)], { scratch, encoding }))).code).toBe('E241');
  });
});
