import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { conditions } from '../../cli/option-values.ts';
import { openOutput } from '../../cli/output/open.ts';
import { writeTo } from '../../cli/output/target.ts';
import type { Tally } from '../../reader/inspect/survey.ts';
import { draftLayout } from '../../reader/layouts/draft.ts';
import { checkedLayout } from '../../reader/layouts/schema.ts';
import type { Solved } from './solve.ts';
import type { Values } from './typed-line.ts';

/** Writes a layout of the user's own for what was inspected. E122 where there is no header to write one for. */
export async function writeDraft(file: string, { values, reading }: Solved, signal: AbortSignal): Promise<void> {
  const { found, ids } = reading;
  const { inputs, transactions, surveyed } = found;
  const head = inputs[0]?.head;
  if (!head || head.layout?.refuse)
    throw new ClvError('E122', {
      option: '--draft-layout',
      ...(head ? variant('E122', 'refused layout', { layout: head.layout!.name }) : variant('E122', 'no header')),
    });
  const described = transactions?.description.description;
  const layout = draftLayout({
    file: inputs[0]!.source.name,
    header: head.columns,
    layout: head.layout,
    reading: transactions?.reading ?? null,
    amount: transactions?.mapping.amount ?? null,
    formats: formatsOf(values),
    values: valuesOf(surveyed?.names ?? [], surveyed?.survey.values ?? new Map()),
    order: described?.order ?? null,
    currency: described?.currency ?? null,
    once: described?.once ?? null,
    nobody: (ids?.nobody ?? []).map(({ id }) => id),
    minus: conditions('--minus', values['minus'] as readonly string[]) ?? head.layout?.minus ?? [],
    zero: conditions('--zero', values['zero'] as readonly string[]) ?? head.layout?.zero ?? [],
  });
  const text = `${JSON.stringify(layout, null, 2)}\n`;
  checkedLayout(text, file);
  const output = await openOutput(file, signal);
  await writeTo(
    output,
    (async function* () {
      yield text;
    })(),
  );
}

/** A layout takes days as written anyway. */
function formatsOf({ dateFormat }: Values): readonly string[] {
  const format = typeof dateFormat === 'string' ? dateFormat.replace(/ ?as written$/, '') : '';
  return format === '' ? [] : [format];
}

/** By column; a column of longer texts than are told apart is no status. */
function valuesOf(
  names: readonly string[],
  found: ReadonlyMap<number, ReadonlyMap<string, Tally>>,
): ReadonlyMap<string, ReadonlyMap<string, Tally>> {
  const whole = [...found].filter(([, values]) => ![...values.keys()].some((value) => value.endsWith('…')));
  return new Map(whole.map(([column, values]) => [names[column]!, values]));
}
