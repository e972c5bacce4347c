import { ClickHouseError } from '@clickhouse/client';
import { describe, expect, it } from 'vitest';
import { ClvError } from '../../../src/base/errors.ts';
import { told } from '../../../src/ledger/clickhouse/errors.ts';

const SERVER = { url: 'http://db:8123', user: 'ana' };

function codeOf(error: Error, answered = true): string | undefined {
  const found = told(error, SERVER, answered);
  return found instanceof ClvError ? found.code : undefined;
}

const server = (code: string, message = 'no') => new ClickHouseError({ code, message, type: 'T' });
const network = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

describe('what a server says, by its code', () => {
  it.each([
    ['516', 'E443'],
    ['81', 'E444'],
    ['497', 'E445'],
    ['279', 'E447'],
    ['372', 'E448'],
    ['241', 'E449'],
    ['159', 'E449'],
    ['115', 'E455'],
    ['452', 'E455'],
    ['407', 'E456'],
  ])('%s is %s', (code, wanted) => {
    expect(codeOf(server(code))).toBe(wanted);
  });

  it('a working table that is gone went with its session, any other was never there', () => {
    expect(codeOf(server('60', "Unknown table expression identifier 'days' in scope SELECT 1"))).toBe('E448');
    expect(codeOf(server('60', "Unknown table expression identifier 'shop.days' in scope SELECT 1"))).toBe('E444');
  });

  it('E456: what the client does not take for an answer of the server', () => {
    expect(codeOf(new Error('std::exception. Code: 1001, type: filesystem_error, e.what() = File name too long'))).toBe(
      'E456',
    );
  });

  it('says it in short', () => {
    const text = 'Code: 241. DB::Exception: Memory limit exceeded: while executing SELECT 1 (version 26.7.2.1)\nmore';
    expect((told(server('241', text), SERVER, true) as ClvError).values['detail']).toBe('Memory limit exceeded');
  });
});

describe('what the network says', () => {
  it.each([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'CERT_HAS_EXPIRED',
  ])('%s is E467 at any time', (code) => {
    expect([codeOf(network(code), false), codeOf(network(code))]).toEqual(['E467', 'E467']);
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EPROTO'])('%s before any answer is E442, after one E448', (code) => {
    expect(codeOf(network(code), false)).toBe('E442');
    expect(codeOf(network(code))).toBe('E448');
  });

  it('a connection that ends in the middle is lost, with or without a code', () => {
    for (const error of [
      network('ECONNRESET'),
      new Error('aborted'),
      new Error('socket hang up'),
      new Error('Timeout error.'),
    ])
      expect(codeOf(error)).toBe('E448');
  });
});

it('our own errors and bugs pass', () => {
  for (const error of [new ClvError('E446'), new TypeError('a bug')]) expect(told(error, SERVER, true)).toBe(error);
});
