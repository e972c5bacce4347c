import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import type { ReadOptions } from '../read-options.ts';
import type { Described } from '../understood.ts';

/** E122 for what means nothing where rows have no order: a column that stands once above its rows, and a row at which the table ends. */
export function mustBeWorkable({ layout, description }: Described, { stopAt, fillDown }: ReadOptions): void {
  const view = 'name a view that has it in every row';
  if (stopAt !== undefined) throw new ClvError('E122', { option: '--stop-at', ...variant('E122', 'no end of rows') });
  if (description.fillDown === null) return;
  const option = fillDown === undefined ? `the layout ${layout!.name}` : '--fill-down';
  throw new ClvError('E122', { option, ...variant('E122', 'no order', { remedy: view }) });
}
