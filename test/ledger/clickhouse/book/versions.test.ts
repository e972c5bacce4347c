import { describe, expect, it } from 'vitest';
import { ClvError } from '../../../../src/base/errors.ts';
import { type Content, Versions } from '../../../../src/ledger/clickhouse/book/versions.ts';
import type { ClickHouseStore } from '../../../../src/ledger/clickhouse/store.ts';

const ADDRESS = { url: 'http://db:8123', user: 'ana', cluster: null, database: 'shop', book: 'one' };
const CONTENT: Content = {
  id: '0123456789ab',
  book: {
    header: ['customer', 'date', 'amount'],
    kept: [],
    customer: 'customer',
    date: 'date',
    amount: 'amount',
    currency: null,
    once: null,
    reading: '{}',
    version: '1.0',
    adds: [],
    overlaps: [],
    closes: [],
  },
  cluster: null,
  runs: { adds: {}, closes: {} },
};

const failed = (code: number): ClvError => new ClvError('E456', { server: ADDRESS.url, code, detail: '' });
const LOST = new ClvError('E448', { server: ADDRESS.url, detail: 'ECONNRESET' });

/**
 * Writes a version of which the naming fails.
 * @param naming the error of it
 * @param dropped the error of dropping the table that was to be named; null: it can be dropped
 * @param held what the version of that number is asked for its content
 */
async function written(naming: ClvError, dropped: ClvError | null, held: (own: string) => unknown): Promise<void> {
  let own = '';
  const run = async (sql: string): Promise<void> => {
    if (sql.startsWith('RENAME')) throw naming;
    if (sql.startsWith('DROP TABLE {') && dropped) throw dropped;
  };
  const insert = async (_: string, [block]: Buffer[]): Promise<void> => {
    own = /\{.*\}/s.exec(block!.toString())![0];
  };
  const rowsBy = async () => {
    const content = held(own);
    if (content instanceof Error) throw content;
    return [{ content }];
  };
  const store = { server: { url: ADDRESS.url, run, insert, rowsBy }, atEnd: () => {} } as unknown as ClickHouseStore;
  await new Versions(store, ADDRESS, 'clickhouse://db/shop?book=one').write({ number: 2, content: CONTENT });
}

describe('a version whose naming fails', () => {
  const never = (): never => {
    throw new Error('not asked');
  };

  it('because the name is taken, has lost against another run', async () => {
    await expect(written(failed(57), null, never)).rejects.toMatchObject({ code: 'E524' });
  });

  it('and stands there under its own, is not in force', async () => {
    await expect(written(LOST, null, never)).rejects.toBe(LOST);
    await expect(written(failed(241), null, never)).rejects.toMatchObject({ code: 'E456' });
  });

  it('but has it, is in force: its answer alone was lost', async () => {
    await expect(written(LOST, failed(60), (own) => own)).resolves.toBeUndefined();
  });

  it('and is gone where another has the name, has lost', async () => {
    await expect(written(LOST, failed(60), () => '{"other":1}')).rejects.toMatchObject({ code: 'E524' });
  });

  it('and of which nothing can be asked, is said to be unknown', async () => {
    await expect(written(LOST, LOST, never)).rejects.toMatchObject({ code: 'E523' });
    await expect(written(LOST, failed(60), () => LOST)).rejects.toMatchObject({ code: 'E523' });
  });
});
