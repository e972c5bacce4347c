import { ClvError } from '../base/errors.ts';
import { variant } from '../base/message-text.ts';
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
  const fault =
    misfit === '--left-out' ? 'left-out rows' : misfit.endsWith('rejects') ? 'rejected rows' : 'typed columns';
  throw new ClvError('E122', { option: misfit, ...variant('E122', fault) });
}
