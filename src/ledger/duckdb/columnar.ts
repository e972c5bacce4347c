import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { ClvError } from '../../base/errors.ts';
import type { ColumnarChoice, ColumnarEngine, ColumnarFile, ColumnarSource } from '../../data/columnar.ts';
import { contentOf } from './columnar-schema.ts';
import { extract } from './columnar-text.ts';
import { DuckDBStore } from './store.ts';

/** Parquet by the embedded engine: each call has an engine of its own that can reach the files it is given and no other. */
export class DuckDBColumnar implements ColumnarEngine {
  readonly #scratch: string;

  /** @param scratch a private directory that exists */
  constructor(scratch: string) {
    this.#scratch = scratch;
  }

  async describe(files: readonly ColumnarSource[]): Promise<readonly ColumnarFile[]> {
    return this.#with(async (store) => {
      const links = files.map((file) => store.link(file.path));
      await store.seal();
      const found: ColumnarFile[] = [];
      for (const [i, { name, path }] of files.entries())
        found.push(await told(name, links[i]!, async () => ({ name, path, ...(await contentOf(store, links[i]!)) })));
      return found;
    });
  }

  async extract(choices: readonly ColumnarChoice[], signal?: AbortSignal): Promise<readonly string[]> {
    return this.#with(async (store) => {
      signal?.addEventListener('abort', () => store.interrupt());
      const links = choices.map(({ file }) => store.link(file.path));
      const outputs = choices.map((_, i) => store.output(`columns${i}.csv`));
      await store.run('SET preserve_insertion_order = true');
      await store.seal();
      for (const [i, choice] of choices.entries()) {
        signal?.throwIfAborted();
        await told(choice.file.name, links[i]!, () => extract(store, links[i]!, choice, outputs[i]!.literal), signal);
      }
      return outputs.map(({ path }) => path);
    });
  }

  async #with<T>(work: (store: DuckDBStore) => Promise<T>): Promise<T> {
    const store = await DuckDBStore.open(mkdtempSync(join(this.#scratch, 'columnar-')));
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }
}

/** What the engine says of a file that it cannot read, in one line and under the name the user knows: E243; E421 for the disk. */
async function told<T>(file: string, link: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ClvError) throw error;
    const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
    const detail = line.replaceAll(link.slice(1, -1), file).replace(/^[A-Z][\w ]*: /, '');
    throw new ClvError('E243', { detail }, { file });
  }
}
