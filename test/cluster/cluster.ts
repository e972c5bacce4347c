import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PASSWORD, type Ports, READER, serverConfig, USER } from './config.ts';
import { Server } from './server.ts';

/** A ClickHouse cluster named `main` on loopback; its data lives in a folder of its own until it is stopped. */
export interface Cluster {
  /** Where each shard answers HTTP. */
  readonly urls: readonly string[];
  readonly user: string;
  /** A user who may read and nothing else. */
  readonly reader: string;
  /** Of both. */
  readonly password: string;
  /** Ends a shard as a crash would; its data stays. */
  stopShard(shard: number): Promise<void>;
  /** Starts a stopped shard again, on its old ports and data. */
  startShard(shard: number): Promise<void>;
  stop(): Promise<void>;
}

/** @throws Error where this machine has no library, or no python3 to run it */
export async function startCluster({ shards }: { readonly shards: number }): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'clv-cluster-'));
  const ports = await freePorts(shards);
  const running = new Map<number, Server>();

  const abandon = (): void => {
    for (const server of running.values()) server.kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', abandon);

  const cluster: Cluster = {
    urls: ports.map(({ http }) => `http://127.0.0.1:${http}`),
    user: USER,
    reader: READER,
    password: PASSWORD,
    async startShard(shard) {
      const own = join(folder, String(shard));
      mkdirSync(own, { recursive: true });
      writeFileSync(join(own, 'config.xml'), serverConfig(ports[shard]!, ports, own));
      const server = new Server(own);
      running.set(shard, server);
      await server.answering(cluster.urls[shard]!);
    },
    async stopShard(shard) {
      await running.get(shard)?.killed();
    },
    async stop() {
      await Promise.all([...running.values()].map((server) => server.killed()));
      process.off('exit', abandon);
      abandon();
    },
  };
  try {
    await Promise.all(ports.map((_, shard) => cluster.startShard(shard)));
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

/** Ports that nobody listens on: all are held at once, then let go. */
async function freePorts(servers: number): Promise<Ports[]> {
  const held = await Promise.all(
    Array.from({ length: servers * 2 }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = held.map((server) => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  });
  await Promise.all(held.map((server) => once(server.close(), 'close')));
  return Array.from({ length: servers }, (_, i) => ({ http: ports[2 * i]!, tcp: ports[2 * i + 1]! }));
}
