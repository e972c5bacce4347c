import { statSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { programOf } from '../../cli/config/apply.ts';
import { choice } from '../../cli/option-values.ts';
import { openOutput } from '../../cli/output/open.ts';
import { writeTo } from '../../cli/output/target.ts';
import { withScratch } from '../../cli/scratch.ts';
import { SEGMENT_FROM } from '../../cli/segment-columns.ts';
import { columnarEngine } from '../../ledger/registry.ts';
import { CONTRACT_MODELS } from '../../models/contracts/registry.ts';
import { BUYING_MODELS } from '../../models/registry.ts';
import { layouts } from '../../reader/layouts/library.ts';
import { openInputs } from '../../reader/transactions.ts';
import { FORMATS } from '../../reporter/registry.ts';
import { SCRIPTS, SHELLS } from './scripts.ts';
import { following, type KnownValues } from './words.ts';

/** `clv completion`: the script of a shell, or what may follow the words that are typed. E101 for another shell. */
export async function completion(shell: string, words: readonly string[], self: CommandUnknownOpts): Promise<void> {
  const text =
    shell === 'words' ? await linesFor(programOf(self), words) : SCRIPTS[choice('clv completion', shell, SHELLS)];
  await writeTo(await openOutput(), Readable.from([text]));
}

const MODELS = [...BUYING_MODELS, ...CONTRACT_MODELS].map(({ name }) => name);

const knownValues = (): KnownValues => ({
  '--format': FORMATS.map(({ name }) => name),
  '--model': MODELS,
  '--models': MODELS,
  '--layout': layouts().map(({ name }) => name),
  '--season': ['auto', 'month', 'none'],
  '--spend': ['gamma-gamma', 'mean'],
  '--spend-from': ['all', 'repeat'],
  '--customers': ['all', 'none'],
  '--decimal-mark': ['.', ','],
  '--lines': ['parts', 'total'],
  '--interval': ['covariance', 'bootstrap', 'none'],
  [SEGMENT_FROM[0].split(' ')[0]!]: ['first', 'last'],
});

/** What may follow and begins as the last word does, a line each. */
async function linesFor(program: CommandUnknownOpts, typed: readonly string[]): Promise<string> {
  // A blank is a word that is not begun, where a shell cannot give an empty one.
  const begun = typed.at(-1)?.trimStart() ?? '';
  const { words, columnsOf } = following(program, [...typed.slice(0, -1), begun], knownValues());
  const found = [...words, ...(await columnsIn(columnsOf))].filter((word) => word.startsWith(begun) && isLine(word));
  return [...new Set(found)].map((word) => `${word}\n`).join('');
}

/** A name with a control character in it cannot be told in a line. */
function isLine(word: string): boolean {
  return word !== '' && !/\p{Cc}/u.test(word);
}

/** The columns of files, as their header has them; none where they cannot be read: nothing is said while somebody types. */
async function columnsIn(files: readonly string[]): Promise<readonly string[]> {
  const there = files.filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
  if (there.length === 0) return [];
  const { signal } = new AbortController();
  return withScratch(signal, async (scratch) => {
    try {
      const { inputs } = await openInputs(there, { scratch, signal, columnar: columnarEngine(scratch) }, []);
      return inputs.flatMap(({ head }) => head.columns);
    } catch {
      return [];
    }
  });
}
