import { describe, expect, it } from 'vitest';
import { ClvError } from '../../../src/base/errors.ts';
import {
  isAddress,
  isBookAddress,
  parseAddress,
  parseBookAddress,
  targetTable,
} from '../../../src/ledger/clickhouse/address.ts';
import { bookIn, tableIn } from '../../../src/ledger/registry.ts';

describe('the address of a table', () => {
  it.each([
    ['clickhouse://ana@db.example:9123/shop/tx?cluster=main', 'http://db.example:9123', 'ana', 'main'],
    ['clickhouse://db.example/shop/tx', 'http://db.example:8123', 'default', null],
    ['clickhouse+https://a%40b@db.example/shop/tx', 'https://db.example:8443', 'a@b', null],
    ['https://db.example:443/shop/tx', 'https://db.example:443', 'default', null],
    ['HTTP://[::1]/shop/tx', 'http://[::1]:8123', 'default', null],
  ])('%s', (text, url, user, cluster) => {
    expect(parseAddress(text)).toEqual({ url, user, cluster, database: 'shop', table: 'tx' });
  });

  it('may have any character in its names', () => {
    expect(parseAddress('clickhouse://h/sh%2Fop/t%20%C3%BC')).toMatchObject({ database: 'sh/op', table: 't ü' });
  });

  it.each([
    'clickhouse://ana:hunter2@db/shop/tx',
    'clickhouse://hunter2:99999999/shop/tx',
    'clickhouse://db/hunter2',
    'clickhouse:///shop/hunter2',
    'clickhouse://db/shop/tx/hunter2',
    'clickhouse://db/shop/tx?password=hunter2',
    'clickhouse://db/shop/tx?cluster=a&cluster=hunter2',
    'clickhouse://db/shop/hunter2%',
    'clickhouse://db/shop/tx?cluster=',
    'clickhouse://db/shop/tx?hunter2',
    'clickhouse://db/shop/tx#hunter2',
    'clickhouse://db/shop/tx?cluster=main#',
    "clickhouse://db/shop/hunter2's",
    'clickhouse://db/shop/hunter2%5C',
    'clickhouse://db/hunter2%0A/tx',
  ])('E441 says nothing of what is wrong: %s', (text) => {
    const error = refused(() => parseAddress(text));
    expect(error.code).toBe('E441');
    expect(`${error.message} ${JSON.stringify(error.place)}`).not.toContain('hunter2');
  });

  it.each([
    ["it's", 'single quote'],
    ["o'h.clv", 'single quote'],
    ['shop.c\\lv', 'backslash'],
  ])('E457: %s takes no results', (name, problem) => {
    const error = refused(() => targetTable(name, parseAddress('clickhouse://db/shop/tx')));
    expect([error.code, error.values['problem']]).toEqual(['E457', expect.stringContaining(problem)]);
  });

  it.each([
    ['clickhouse://ana@db.example:9123/shop?book=b1&cluster=main', 'http://db.example:9123', 'ana', 'main'],
    ['https://db.example/shop?cluster=main&book=b1', 'https://db.example:8443', 'default', 'main'],
    ['clickhouse://db.example/shop/?book=b1', 'http://db.example:8123', 'default', null],
  ])('of a book: %s', (text, url, user, cluster) => {
    expect(isBookAddress(text)).toBe(true);
    expect(parseBookAddress(text)).toEqual({ url, user, cluster, database: 'shop', book: 'b1' });
    expect([tableIn([text]), bookIn([text])]).toEqual([null, text]);
  });

  it.each([
    'clickhouse://ana:hunter2@db/shop?book=b',
    'clickhouse://db/hunter2/tx?book=b',
    'clickhouse://db/?book=hunter2',
    'clickhouse://db/shop?book=',
    'clickhouse://db/shop?book=hunter2%20x',
    'clickhouse://db/shop?book=1hunter2',
    'clickhouse://db/shop?book=b&book=hunter2',
    'clickhouse://db/shop?book=b&password=hunter2',
    'clickhouse://db/shop?book=b&cluster=',
  ])('E441 says nothing of what is wrong with that of a book: %s', (text) => {
    const error = refused(() => bookIn(['a.csv', text]));
    expect(error.code).toBe('E441');
    expect(`${error.message} ${JSON.stringify(error.place)}`).not.toContain('hunter2');
  });

  it('is no file', () => {
    for (const file of ['tx.csv', '.', '-', 's3://bucket/tx', 'C:\\tx.csv']) expect(isAddress(file)).toBe(false);
  });

  it('stands alone', () => {
    expect(tableIn(['a.csv', 'b.csv'])).toBeNull();
    expect(refused(() => tableIn(['a.csv', 'clickhouse://ana:hunter2@db/shop/tx'])).message).not.toContain('hunter2');
  });
});

function refused(work: () => unknown): ClvError {
  try {
    work();
  } catch (error) {
    if (error instanceof ClvError) return error;
  }
  throw new Error('nothing of ours is thrown');
}
