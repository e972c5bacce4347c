import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DuckDBStore } from '../../../src/ledger/duckdb/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'clv-vectors-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('texts of a chunk', () => {
  it('are those of every row, also where the one before is the same, longer than twelve bytes, or none', async () => {
    const texts = [
      '',
      '',
      'a',
      'a',
      'b',
      'twelve bytes',
      'twelve bytes',
      'thirteen byte',
      'thirteen byte',
      'thirteen byts',
    ];
    const more = ['né', 'né', null, null, '', '', null, 'a', 'a\u0000', 'a\u0000', 'null'];
    const all = Array.from({ length: 600 }, () => [...texts, ...more]).flat();
    const store = await DuckDBStore.open(mkdtempSync(join(folder, 'store-')));
    const list = [...texts, ...more]
      .map((text) => (text === null ? 'NULL' : `'${text.replaceAll('\u0000', "' || chr(0) || '")}'`))
      .join(', ');
    const select = `SELECT list[1 + CAST(i % ${texts.length + more.length} AS INTEGER)] AS t FROM (SELECT [${list}] AS list, i FROM range(${all.length}) AS r(i)) AS q ORDER BY i`;
    const found: string[] = [];
    for await (const chunk of store.chunks(select)) found.push(...chunk.texts(0));
    await store.close();
    expect(found).toEqual(all.map(String));
  });
});
