import { ClvError } from '../base/errors.ts';
import type { Settings } from './settings.ts';

/** E122 for options that read text, where a table with typed columns is read. */
export function checkTableOptions({ read, rejects, leftOut }: Settings): void {
  const given = {
    '--delimiter': read.delimiter,
    '--encoding': read.encoding,
    '--sheet': read.sheet,
    '--date-format': read.dateFormat,
    '--calendar': read.calendar,
    '--decimal-mark': read.decimalMark,
    '--max-rejects': read.maxRejects,
    '--rejects': rejects,
    '--left-out': leftOut,
  };
  const [misfit] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (misfit === undefined) return;
  const remedy = misfit.endsWith('rejects')
    ? 'name a view that leaves rows out'
    : misfit === '--left-out'
      ? 'see input.reconciliation with --format json: rows of a table have no places'
      : 'leave it out: its columns have types';
  throw new ClvError('E122', { option: misfit, other: 'a table', remedy });
}
