import { ClvError } from '../base/errors.ts';
import type { Settings } from './settings.ts';

/** E122 for options that read text, or list lines, where a table with typed columns is read. */
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
  const remedy =
    misfit === '--left-out'
      ? 'leave it out: the report has the columns and values by which the table tells its rows'
      : misfit.endsWith('rejects')
        ? 'name a view that leaves rows out'
        : 'leave it out: its columns have types';
  throw new ClvError('E122', { option: misfit, other: 'a table', remedy });
}
