import { ClvError, type ValuesOf } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Layout } from './layout.ts';
import { LAYOUT_SCHEMA } from './schema.ts';

const KEYS =
  'name title sources match names refuse customer encoding date amount net holds net_holds minus zero rows order currency once fill_down stop columns without nobody fold_email unless when formats year line field column count leave_out lines values reason remedy'.split(
    ' ',
  );

/** A layout from the text of a file. E225 with the place in the layout, and a suggestion for a key that is not known. */
export function checkedLayout(text: string, file: string): Layout {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw fault(file, variant('E225', 'no JSON', { detail: (error as Error).message }));
  }
  const { success, data, error } = LAYOUT_SCHEMA.safeParse(value);
  if (success) return data;
  const issue = error.issues[0]!;
  const path = issue.path.length === 0 ? 'the layout' : issue.path.join('.');
  if (issue.code !== 'unrecognized_keys')
    throw fault(file, variant('E225', 'bad part', { path, detail: issue.message }));
  const key = issue.keys[0]!;
  throw fault(file, variant('E225', 'no such part', { path, key, hint: didYouMean(key, KEYS) }));
}

function fault(file: string, values: ValuesOf<'E225'>): ClvError {
  return new ClvError('E225', values, { file });
}
