import type { TableSource } from '../../../data/inputs.ts';
import type { Found } from '../../../report/found.ts';

/** What the command knows beside the valuation of survivors. */
export interface SurvivorNotes extends Pick<Found, 'warnings'> {
  readonly table: TableSource;
  readonly currency: string | null;
  /** As the user wrote it: lifetime, 36m. */
  readonly horizon: string;
}
