import type { Column } from './columnar.ts';
import type { ControlTotals } from './transactions.ts';

/** A table of transactions that stands on a server and is read there. Its rows never come here one by one. */
export interface RemoteTable {
  /** As it is named in the output. */
  readonly name: string;
  columns(): Promise<readonly Column[]>;
  /** Settles what is read from here on, and counts it; nothing is left out. @throws ClvError E450–E452 for rows that cannot be read */
  choose(choice: RemoteChoice): Promise<RemoteContent>;
  /** What it holds now of what was chosen. */
  content(): Promise<RemoteContent>;
}

/** Columns by name, and how they are read. */
export interface RemoteChoice {
  readonly customer: Column;
  readonly date: Column;
  readonly amount: Column;
  readonly keys: readonly Column[];
  /** Decides the day of an instant; that of the column when absent. */
  readonly timezone: string | undefined;
  /** Rounds every amount to so many decimals, half to even. */
  readonly round: number | undefined;
}

/** The checksum is of the chosen columns, whatever the order of the rows and the width of their types. */
export interface RemoteContent {
  readonly totals: ControlTotals;
  readonly checksum: string;
}
