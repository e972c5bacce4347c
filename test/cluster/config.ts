export const USER = 'tester';
/** Who may read the tables of the cluster, and create none. */
export const READER = 'reader';
/** Users of all rights, whose profiles cut results short: the first at limits, the second always. */
export const CUT = 'cut';
export const FIRST_ROWS = 'first_rows';
/** A user of all rights on the first server, and who may only read on the others. */
export const HALF = 'half';
/** With characters that a URL escapes. */
export const PASSWORD = 'p@ss:word/1';

/** Ports of one server, all on loopback. */
export interface Ports {
  readonly http: number;
  readonly tcp: number;
}

/**
 * The configuration of a server of the cluster `main`, each of whose shards is one of `shards`; others have the last of them
 * alone, all as replicas of one shard, and the first twice. The library's own session is the user
 * `default`, who may open ports and read the standard input and nothing else.
 * @param folder where the server's log goes, and nothing else
 */
export function serverConfig(own: Ports, shards: readonly Ports[], folder: string): string {
  const replicas = shards.map(
    ({ tcp }) => `<replica>
      <host>127.0.0.1</host><port>${tcp}</port><user>${USER}</user><password>${PASSWORD}</password>
    </replica>`,
  );
  const clusters = {
    main: replicas.map((replica) => `<shard>${replica}</shard>`).join(''),
    last: `<shard>${replicas.at(-1)}</shard>`,
    replicated: `<shard>${replicas.join('')}</shard>`,
    twice: `<shard>${replicas[0]}</shard>`.repeat(2),
  };
  const servers = Object.entries(clusters).map(([name, members]) => `<${name}>${members}</${name}>`);
  const read = 'GRANT SELECT, REMOTE ON *.*';
  const half = own === shards[0] ? 'GRANT ALL ON *.*' : read;
  const common = '<networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>';
  return `<clickhouse>
  <listen_host>127.0.0.1</listen_host>
  <http_port>${own.http}</http_port>
  <tcp_port>${own.tcp}</tcp_port>
  <logger><level>warning</level><log>${folder}/server.log</log></logger>
  <remote_servers>${servers.join('')}</remote_servers>
  <macros><cluster>main</cluster></macros>
  <users_config>${folder}/config.xml</users_config>
  <profiles>
    <default></default>
    <${CUT}><max_rows_to_group_by>10</max_rows_to_group_by><group_by_overflow_mode>any</group_by_overflow_mode></${CUT}>
    <${FIRST_ROWS}><limit>3</limit><offset>1</offset></${FIRST_ROWS}>
  </profiles>
  <quotas><default></default></quotas>
  <users>
    <default>
      <password></password>${common}
      <grants><query>GRANT SYSTEM LISTEN ON *.*</query><query>GRANT READ ON FILE, CREATE TEMPORARY TABLE ON *.*</query></grants>
    </default>
    <${USER}><password>${PASSWORD}</password>${common}</${USER}>
    ${[CUT, FIRST_ROWS].map((user) => `<${user}><password>${PASSWORD}</password>${common.replace('<profile>default', `<profile>${user}`)}</${user}>`).join('')}
    ${[
      [READER, read],
      [HALF, half],
    ]
      .map(
        ([user, grant]) =>
          `<${user}><password>${PASSWORD}</password>${common}<grants><query>${grant}</query></grants></${user}>`,
      )
      .join('')}
  </users>
</clickhouse>
`;
}
