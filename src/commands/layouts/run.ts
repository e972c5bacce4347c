import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { didYouMean } from '../../base/nearest.ts';
import { withOutput } from '../../cli/frame.ts';
import { optionError } from '../../cli/option-values.ts';
import { writeJson } from '../../cli/output/write-json.ts';
import { writingOf } from '../../cli/output/writing.ts';
import { layouts as known } from '../../reader/layouts/library.ts';
import { layoutsReport } from './document.ts';
import type { LayoutsOptions } from './options.ts';

/** `clv layouts`: the list of those of the program, or one of them as it stands in its file. */
export async function layouts(
  word: string | undefined,
  name: string | undefined,
  options: LayoutsOptions,
): Promise<void> {
  if (word === undefined) return list(options);
  if (word !== 'show') optionError('clv layouts', word, 'unknown word');
  const names = known().map((layout) => layout.name);
  if (name === undefined) throw new ClvError('E123', variant('E123', 'layout', { names: names.join(', ') }));
  const layout = known().find((one) => one.name === name);
  if (!layout) throw new ClvError('E133', { layout: name, layouts: names.join(', '), hint: didYouMean(name, names) });
  await writeJson(layout, options, 'clv layouts show', 'a layout');
}

function list(options: LayoutsOptions): Promise<void> {
  return withOutput(writingOf(options), undefined, ({ write }) => write(layoutsReport(known())));
}
