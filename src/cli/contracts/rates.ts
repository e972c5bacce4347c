import type { Decimal } from '../../base/decimal.ts';
import { readRetention } from '../../reader/tables/retention.ts';
import { retentionPerPeriod, type SegmentRates } from '../../valuation/contracts/terms.ts';

/** Retention a year by segment, as `--retention-file` gives it. */
export interface AnnualRates extends Awaited<ReturnType<typeof readRetention>> {
  readonly file: string;
}

/** @param by the columns of the segments @returns null where no file is given @throws ClvError of readRetention */
export async function readRates(file: string | undefined, by: readonly string[]): Promise<AnnualRates | null> {
  return file === undefined ? null : { file, ...(await readRetention(file, by)) };
}

/** The same a period. */
export function segmentRates({ file, of, segments }: AnnualRates, perYear: number): SegmentRates {
  const rate = (segment: readonly string[]): Decimal | null => {
    const annual = of(segment);
    return annual && retentionPerPeriod(annual, perYear);
  };
  return { file, of: rate, segments };
}
