import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop, transactions } from './shop.ts';

/**
 * A server that is reached over TLS. The library opens no port with TLS of its own, so one that ends it stands before the server,
 * as a proxy does; openssl makes its certificates.
 */

const CLV = join(import.meta.dirname, '../../bin/clv.js');
const MODEL = [
  '--margin',
  '30%',
  '--model',
  'pareto-nbd',
  '--season',
  'none',
  '--spend',
  'mean',
  '--model-error',
  'none',
];

let shop: Shop;
const fronts: Server[] = [];

beforeAll(async () => {
  shop = await openShop();
  await shop.table(
    'tx',
    'customer String, date Date, amount Decimal(18, 4), region String, channel String',
    transactions(400),
  );
});

afterAll(async () => {
  for (const front of fronts) front.close();
  await shop?.close();
});

/** A certificate that signs itself, for a name. @returns its file, and that of its key */
function certificate(name: string, subject: string): { readonly cert: string; readonly key: string } {
  const [cert, key] = [join(shop.folder, `${name}.pem`), join(shop.folder, `${name}.key`)];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert];
  execFileSync('openssl', [...made, '-subj', '/CN=clv', '-addext', `subjectAltName=${subject}`], { stdio: 'ignore' });
  return { cert, key };
}

/** Ends TLS before the first server. @returns the address of a table or a book there */
async function behind({ cert, key }: ReturnType<typeof certificate>): Promise<(path: string) => string> {
  const port = Number(new URL(shop.cluster.urls[0]!).port);
  const front = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (client) => {
    const server = connect(port, '127.0.0.1');
    client.pipe(server).pipe(client);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const)
      one.on('error', () => other.destroy());
  });
  front.on('tlsClientError', () => {});
  fronts.push(front.listen(0, '127.0.0.1'));
  await once(front, 'listening');
  const address = front.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return (path) => `clickhouse+https://${shop.cluster.user}@localhost:${address.port}/shop${path}`;
}

/** Runs the program, which reads the certificates that it trusts when it starts. */
async function run(trusted: string | null, ...words: readonly string[]) {
  const env = { ...process.env, CLV_CONFIG: 'none', ...(trusted !== null && { NODE_EXTRA_CA_CERTS: trusted }) };
  const child = spawn('node', [CLV, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = await once(child, 'close');
  return { code: code as number, out, err };
}

describe('a server over TLS', () => {
  it('says what it says without, with its certificate named as one to trust', async () => {
    const own = certificate('own', 'DNS:localhost,IP:127.0.0.1');
    const at = await behind(own);
    const words = ['compute', '--by', 'region', '-qq', '--format', 'csv', ...MODEL];
    const plain = await run(null, ...words, `${shop.address('tx')}?cluster=main`);
    expect([plain.code, plain.out.split('\n').length > 300]).toEqual([0, true]);
    const found = await run(own.cert, ...words, at('/tx?cluster=main'));
    expect(found).toEqual(plain);
    const csv = join(shop.folder, 'tx.csv');
    const book = at('?book=safe');
    expect((await run(own.cert, 'ledger', 'add', book, csv, '-qq')).code).toBe(0);
    expect((await run(own.cert, ...words, book)).out).toBe((await run(null, ...words, csv)).out);
  });

  it('is told apart where nobody vouches for it, or for its name (E467)', async () => {
    const own = certificate('unknown', 'DNS:localhost');
    const { code, err } = await run(null, 'compute', (await behind(own))('/tx'), ...MODEL);
    expect([code, err]).toEqual([
      78,
      expect.stringMatching(/error\[E467\].*self-signed certificate[\s\S]*NODE_EXTRA_CA_CERTS/),
    ]);
    const other = certificate('other', 'DNS:db.example');
    const named = await run(other.cert, 'compute', (await behind(other))('/tx'), ...MODEL);
    expect([named.code, named.err]).toEqual([78, expect.stringMatching(/error\[E467\].*localhost/)]);
  });

  it('does not reach the shards where they listen without (E459)', async () => {
    const own = certificate('shards', 'DNS:localhost,IP:127.0.0.1');
    const book = (await behind(own))('?book=split&cluster=main');
    const { code, err } = await run(own.cert, 'ledger', 'add', book, join(shop.folder, 'tx.csv'), '-qq');
    expect([code, err]).toEqual([78, expect.stringMatching(/error\[E459\].*https_port/)]);
  });
});
