import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { ClvError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { LAYOUTS } from '../../resources.ts';
import { openError } from '../files/stable-file.ts';
import type { Layout } from './layout.ts';
import type { Choice } from './match.ts';

let all: readonly Layout[] | null = null;

/** The layouts of the program, by name. */
export function layouts(): readonly Layout[] {
  all ??= readdirSync(LAYOUTS)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(new URL(file, LAYOUTS), 'utf8')) as Layout);
  return all;
}

/** The word that asks for no layout. */
const NONE = 'none';

/** The layouts of `--layout NAME|FILE|none`; absent: any whose header is met. E133, E225, E401, E403. */
export async function chosenLayouts(asked: string | undefined): Promise<Choice> {
  if (asked === undefined) return { layouts: layouts(), named: false };
  if (asked === NONE) return { layouts: [], named: false };
  const known = layouts().find(({ name }) => name === asked);
  if (known) return { layouts: [known], named: true };
  if (!/[./\\]/.test(asked)) {
    const names = layouts().map(({ name }) => name);
    throw new ClvError('E133', { layout: asked, layouts: names.join(', '), hint: didYouMean(asked, names) });
  }
  return { layouts: [await readLayout(asked)], named: true };
}

/** A layout of the user's own. E225 for what is not of the form, E401, E403. */
async function readLayout(file: string): Promise<Layout> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw openError(file, error);
  });
  const { checkedLayout } = await import('./schema.ts');
  return checkedLayout(text, file);
}

/** Whether a layout is one of the program's, which says all that there is to say of its export. */
export function isOurs(layout: Layout | null): boolean {
  return layout !== null && layouts().includes(layout);
}
