import type { Kept } from '../../exports.ts';
import type { Row } from '../../store.ts';
import type { TableName } from '../address.ts';
import type { ClickHouseServer, Parameters } from '../server.ts';

/** The rows of results under their names, as a query of the session. */
export interface Results {
  readonly query: string;
  readonly parameters: Parameters;
  /** Names and types, as those of a shape. */
  readonly columns: string;
  /** The column that is summed up. */
  readonly summed: string;
}

/** The tables that results are put into: one beside the table first, then the table. */
export interface ResultsPlace {
  /** The table whose rows are replaced: the one that was named, or the one of every shard that it stands for. */
  readonly replaced: TableName;
  /** Writes the rows beside the table. */
  create(results: Results): Promise<void>;
  /** What is there now, in as many ways as it can be counted. */
  held(summed: string): Promise<readonly Kept[]>;
  /** Puts it in the place of the old rows, which stay if that fails. */
  swap(): Promise<void>;
  /** Takes away what stands beside the table. */
  drop(): Promise<void>;
}

/** The session in which results are written, and its server, which is reached beside it. */
export interface WritingSession {
  readonly parameters: Parameters;
  readonly server: ClickHouseServer;
  run(sql: string, parameters?: Parameters): Promise<void>;
  rows(sql: string, values?: readonly string[]): Promise<readonly Row[]>;
  rowsBy(sql: string, parameters: Parameters): Promise<readonly Row[]>;
  /** What is to be done when the session has ended, however that comes. */
  atEnd(last: () => Promise<void>): void;
}
