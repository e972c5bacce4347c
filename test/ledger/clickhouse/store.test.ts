import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../../src/ledger/clickhouse/address.ts';
import { ClickHouseStore } from '../../../src/ledger/clickhouse/store.ts';

const HEAD = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
const DONE = `${HEAD}0\r\n\r\n`;

let server: Server;
let sockets: Socket[];

/** A server that gives these answers, a connection each, then none. @param patience milliseconds for its first answer */
async function open(patience: number, ...answers: readonly string[]): Promise<ClickHouseStore> {
  sockets = [];
  server = createServer((socket) => {
    const answer = answers[sockets.push(socket) - 1];
    socket.on('error', () => {}).on('data', () => answer && socket.write(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return new ClickHouseStore(parseAddress(`clickhouse://127.0.0.1:${address.port}/shop/tx`), '', patience);
}

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await once(server.close(), 'close');
});

describe('a server that accepts connections', () => {
  it.each([
    ['nothing', ''],
    ['the beginning of an answer', HEAD],
  ])('E442: and then says %s', async (_, answer) => {
    const store = await open(100, answer);
    await expect(store.rows('SELECT 1')).rejects.toMatchObject({
      code: 'E442',
      values: { detail: expect.stringContaining('0.1 seconds') },
    });
    await store.close();
    // A busy machine tells the server of the connection after the store gave it up.
    if (sockets.length === 0) await once(server, 'connection');
    expect(sockets).toHaveLength(1);
  });

  it('may take long once it has answered, but not to end a session', async () => {
    const store = await open(1_000, DONE);
    let over = false;
    const rows = store.rows('SELECT 1').finally(() => {
      over = true;
    });
    const lost = expect(rows).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(over).toBe(false);
    await store.interrupt();
    await lost;
  });
});
