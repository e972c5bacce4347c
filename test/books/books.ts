import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { main } from '../../src/main.ts';

/** What a command wrote, and how it ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder for books, in which commands run in the process of the test. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'clv-books-'));

  at(name: string): string {
    return join(this.path, name);
  }

  write(name: string, text: string): string {
    writeFileSync(this.at(name), text);
    return this.at(name);
  }

  /** Runs a command whose report is JSON. */
  async run(...words: readonly string[]): Promise<Ended> {
    const out = this.at('out.json');
    rmSync(out, { force: true });
    let err = '';
    const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      err += String(text);
      return true;
    });
    try {
      const code = await main([...words, '-o', out]);
      return { code, out: code === 0 ? readFileSync(out, 'utf8') : '', err };
    } finally {
      write.mockRestore();
    }
  }

  /** As `run`, where nothing may fail. */
  async json<T>(...words: readonly string[]): Promise<T> {
    const { code, out, err } = await this.run(...words);
    if (code !== 0) throw new Error(`exit ${code}: ${err}`);
    return JSON.parse(out) as T;
  }

  /** The code of the error in which a command ends. */
  async fails(...words: readonly string[]): Promise<string> {
    const { code, err } = await this.run(...words);
    return `${code} ${/error\[(E\d+)\]/.exec(err)?.[1] ?? err}`;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
