import { ClvError } from '../../../base/errors.ts';
import type { Row } from '../../store.ts';
import type { ClickHouseServer } from '../server.ts';
import type { WritingSession } from './place.ts';
import type { Distribution } from './shape.ts';

/** A server as it knows itself, however it is reached. */
const SELF = "concat(toString(serverUUID()), ' ', hostName(), ' ', toString(tcpPort()))";

/**
 * The servers of the shards of a Distributed table, in order, by HTTP: by the protocol of the server that is asked, their names in
 * the cluster, and the ports that they listen on.
 * @param refused makes the error of a cluster that is not written to
 * @throws ClvError E447 for a shard that does not answer, E459 for a shard that the
 *   others reach and we do not
 */
export async function shardsOf(
  store: Pick<WritingSession, 'rows' | 'server'>,
  { cluster, keyed }: Pick<Distribution, 'cluster' | 'keyed'>,
  refused: (problem: string) => ClvError,
): Promise<readonly ClickHouseServer[]> {
  const members = await store.rows(
    `SELECT shard_num AS shard, host_name AS host, is_local AS here FROM system.clusters
WHERE cluster = {p1:String} ORDER BY shard_num, replica_num`,
    [cluster],
  );
  if (members.length === 0) throw refused(`there is no cluster ${cluster}`);
  if (repeats(members, 'shard')) throw refused(`a shard of ${cluster} has more than one replica`);
  if (members.length > 1 && !keyed) throw refused('it has no sharding key');
  const { protocol } = new URL(store.server.url);
  const selves = await store
    .rows(
      `SELECT getServerPort({p2:String}) AS port, ${SELF} AS self FROM cluster({p1:String}, system.one) ORDER BY shardNum()`,
      [cluster, `${protocol.slice(0, -1)}_port`],
    )
    // The code of a cluster that is not there, which is there: of a server without such a port.
    .catch(unreached('E444', cluster));
  if (repeats(selves, 'self')) throw refused(`two shards of ${cluster} are one server`);
  const urls = members.map(({ host, here }, i) =>
    Number(here) === 1 ? store.server.url : `${protocol}//${inUrl(String(host))}:${String(selves[i]!['port'])}`,
  );
  return Promise.all(urls.map((url, i) => reached(store.server.at(url), cluster, selves[i]!['self'])));
}

function repeats(rows: readonly Row[], column: string): boolean {
  return new Set(rows.map((row) => row[column])).size < rows.length;
}

function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

async function reached(server: ClickHouseServer, cluster: string, self: unknown): Promise<ClickHouseServer> {
  const where = `${server.url}: `;
  const [found] = await server.rowsBy(`SELECT ${SELF} AS self`).catch(unreached('E442', cluster, where));
  if (found!['self'] === self) return server;
  throw new ClvError('E459', { cluster, detail: `${where}another server answers there` });
}

/** Says E459 instead of an error, which is of this code. */
function unreached(code: string, cluster: string, where = ''): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof ClvError) || error.code !== code) throw error;
    throw new ClvError('E459', { cluster, detail: `${where}${error.values['detail']}` });
  };
}
