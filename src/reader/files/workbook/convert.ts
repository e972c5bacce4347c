import { type FileHandle, open } from 'node:fs/promises';
import type { Archive } from '../archive.ts';
import { workingError } from '../stable-file.ts';
import { type Book, chosenSheet, isTable, readBook } from './book.ts';
import { type SheetPart, type SheetRow, sheetRows } from './sheet.ts';

/**
 * Writes a sheet of a workbook as CSV in UTF-8: commas, every row of the sheet on a line of its number, all as wide as the
 * widest. Returns the other sheets that are shown and hold something, where none was asked for.
 * @param asked name of a sheet, or number of its tab from 1; the first when absent
 * @throws ClvError E245, E248, E250, E264, E266, E421
 */
export async function convertWorkbook(
  archive: Archive,
  asked: string | undefined,
  path: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const book = await readBook(archive, signal);
  const sheet = chosenSheet(archive.file.name, book, asked);
  const written = await writeSheet(archive, sheet, book, path, null, signal);
  // Most sheets have none wider than their first row, the header; else the width is known only now.
  if (written.widest > written.width) await writeSheet(archive, sheet, book, path, written.widest, signal);
  if (asked !== undefined) return [];
  const others: string[] = [];
  for (const other of book.sheets.filter(isTable))
    if (other.shown && other.name !== sheet.name && (await holdsSomething(archive, other, book)))
      others.push(other.name);
  return others;
}

const PENDING = 1 << 16;

/** Without a width, that of the first row; wider rows are as they are. */
async function writeSheet(
  archive: Archive,
  sheet: SheetPart,
  { shared }: Book,
  path: string,
  width: number | null,
  signal?: AbortSignal,
): Promise<{ width: number; widest: number }> {
  const output = await open(path, 'w', 0o600);
  try {
    const writer = new Lines(output, archive, width);
    for await (const rows of sheetRows(archive, sheet, shared, signal)) {
      for (const row of rows) writer.add(row);
      await writer.flush(PENDING);
    }
    await writer.flush(0);
    return { width: writer.width ?? 0, widest: writer.widest };
  } catch (error) {
    throw signal?.aborted ? error : workingError(path, error);
  } finally {
    await output.close();
  }
}

class Lines {
  readonly #output: FileHandle;
  readonly #archive: Archive;
  width: number | null;
  widest = 0;
  #last = 0;
  #pending = '';

  constructor(output: FileHandle, archive: Archive, width: number | null) {
    this.#output = output;
    this.#archive = archive;
    this.width = width;
  }

  add({ number, cells }: SheetRow): void {
    this.width ??= cells.length;
    this.widest = Math.max(this.widest, cells.length);
    const blank = ','.repeat(Math.max(0, this.width - cells.length));
    this.#pending += `${'\n'.repeat(number - this.#last - 1)}${cells.map(quoted).join(',')}${blank}\n`;
    this.#last = number;
  }

  async flush(keep: number): Promise<void> {
    if (this.#pending.length <= keep) return;
    const bytes = Buffer.from(this.#pending);
    this.#archive.allowance.take(bytes.length);
    this.#pending = '';
    await this.#output.writeFile(bytes);
  }
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function holdsSomething(archive: Archive, sheet: SheetPart, { shared }: Book): Promise<boolean> {
  for await (const _ of sheetRows(archive, sheet, shared)) return true;
  return false;
}
