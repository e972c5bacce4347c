import type { Cell, Kind } from '../../../data/report.ts';

/** A column of a list that is drawn. */
export interface DrawnColumn {
  readonly heading: string;
  readonly kind: Kind;
  readonly cells: readonly Cell[];
  /** As a person reads them. */
  readonly texts: readonly string[];
}

/** A list as it is drawn. */
export interface Drawn {
  /** Names of the rows, or their places along the axis. */
  readonly along: DrawnColumn;
  /** A series each; of a heat map the places upwards, then the values. */
  readonly values: readonly DrawnColumn[];
  /** What the values are. */
  readonly title: string;
}
