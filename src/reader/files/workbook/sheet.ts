import { ClvError } from '../../../base/errors.ts';
import type { Archive, Member } from '../archive.ts';
import { cellName, columnOf, dateText, numberText, unescaped } from './cell-values.ts';
import { type Attributes, type Listener, parseXml, unreadable } from './xml.ts';

/** What the cells of all sheets refer to. */
export interface Shared {
  readonly strings: readonly string[];
  /** Whether a number of a style is shown as a date. */
  readonly dates: readonly boolean[];
  readonly from1904: boolean;
}

export interface SheetPart {
  readonly name: string;
  readonly member: Member;
}

/** A row by its number, from 1. Its cells are text, up to the last that is not blank. */
export interface SheetRow {
  readonly number: number;
  readonly cells: readonly string[];
}

const ROWS = 1 << 20;
const COLUMNS = 1 << 14;

/** The rows of a sheet that are not blank, in order, some at a time. E245, E248, E250, E266. */
export async function* sheetRows(
  archive: Archive,
  sheet: SheetPart,
  shared: Shared,
  signal?: AbortSignal,
): AsyncGenerator<readonly SheetRow[]> {
  const cells = new SheetCells(archive.file.name, sheet.name, shared);
  for await (const _ of parseXml(archive, sheet.member, cells, signal)) {
    const rows = cells.take();
    if (rows.length > 0) yield rows;
  }
}

/** A cell that is being read. */
interface Cell {
  readonly column: number;
  readonly type: string;
  readonly style: string | undefined;
  formula: boolean;
  /** Null: it has none. */
  value: string | null;
  /** Text that stands in the cell itself. */
  inline: string;
}

class SheetCells implements Listener {
  readonly #file: string;
  readonly #sheet: string;
  readonly #shared: Shared;
  #rows: SheetRow[] = [];
  #row = 0;
  #column = 0;
  #cells: string[] = [];
  #cell: Cell | null = null;
  /** What text that comes belongs to. */
  #inside: 'value' | 'inline' | null = null;
  /** Inside of hints how to read a text aloud, which are no part of it. */
  #hint = false;

  constructor(file: string, sheet: string, shared: Shared) {
    this.#file = file;
    this.#sheet = sheet;
    this.#shared = shared;
  }

  /** The rows since the last call. */
  take(): readonly SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  opened(name: string, attributes: Attributes): void {
    if (name === 'row') this.#openRow(attributes('r'));
    else if (name === 'c') this.#openCell(attributes);
    else if (this.#cell === null) return;
    else if (name === 'f') this.#cell.formula = true;
    else if (name === 'rPh') this.#hint = true;
    else if (name === 'v') {
      this.#cell.value ??= '';
      this.#inside = 'value';
    } else if (name === 't' && !this.#hint) this.#inside = 'inline';
  }

  text(text: string): void {
    if (this.#inside === 'value') this.#cell!.value += text;
    else if (this.#inside === 'inline') this.#cell!.inline += text;
  }

  closed(name: string): void {
    if (name === 'v' || name === 't') this.#inside = null;
    else if (name === 'rPh') this.#hint = false;
    else if (name === 'c' && this.#cell) {
      const text = this.#textOf(this.#cell);
      if (text !== '') {
        while (this.#cells.length < this.#column - 1) this.#cells.push('');
        this.#cells.push(text);
      }
      this.#cell = null;
    } else if (name === 'row') {
      if (this.#cells.length > 0) this.#rows.push({ number: this.#row, cells: this.#cells });
      this.#cells = [];
    }
  }

  #openRow(number: string | undefined): void {
    const row = number === undefined ? this.#row + 1 : Number(number);
    if (!Number.isInteger(row) || row <= this.#row || row > ROWS)
      throw unreadable(this.#file, 'rows out of order', { sheet: this.#sheet });
    this.#row = row;
    this.#column = 0;
  }

  #openCell(attributes: Attributes): void {
    const name = attributes('r');
    const column = name === undefined ? this.#column + 1 : (columnOf(name) ?? 0);
    if (column <= this.#column || column > COLUMNS)
      throw unreadable(this.#file, 'cells out of order', { sheet: this.#sheet, row: this.#row });
    this.#column = column;
    const type = attributes('t') ?? 'n';
    this.#cell = { column, type, style: attributes('s'), formula: false, value: null, inline: '' };
  }

  #textOf({ type, style, formula, value, inline }: Cell): string {
    if (formula && (value === null || (value === '' && type !== 'str'))) {
      const values = { sheet: this.#sheet, cell: cellName(this.#column, this.#row) };
      throw new ClvError('E250', values, { file: this.#file, line: this.#row });
    }
    if (type === 'inlineStr') return unescaped(inline);
    const stored = type === 'str' ? (value ?? '') : (value ?? '').trim();
    if (stored === '') return '';
    if (type === 's')
      return /^\d+$/.test(stored) ? (this.#shared.strings[Number(stored)] ?? this.#odd(stored)) : this.#odd(stored);
    if (type === 'str') return unescaped(stored);
    if (type === 'b') return stored === '1' ? 'true' : stored === '0' ? 'false' : this.#odd(stored);
    if (type === 'n') return this.#numberOf(stored, style);
    return type === 'e' || type === 'd' ? stored : this.#odd(`${type} ${stored}`);
  }

  #numberOf(stored: string, style: string | undefined): string {
    const number = numberText(stored) ?? this.#odd(stored);
    return this.#shared.dates[Number(style ?? 0)] ? (dateText(stored, this.#shared.from1904) ?? number) : number;
  }

  #odd(stored: string): never {
    const cell = cellName(this.#column, this.#row);
    throw unreadable(this.#file, 'odd cell', { sheet: this.#sheet, cell, text: stored });
  }
}
