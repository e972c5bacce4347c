import { type Cell, type Column, Exact, type Json } from '../data/report.ts';
import type { RowLayout } from './rows.ts';

/** A value as JSON: objects one member a line under `indent`, lists of plain values on one line, exact numbers as they are. */
export function jsonText(value: Json, indent = ''): string {
  if (value instanceof Exact) return value.text;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}  `;
  if (isList(value)) {
    if (value.every(isScalar)) return `[${value.map((item) => jsonText(item)).join(', ')}]`;
    return `[\n${value.map((item) => inner + jsonText(item, inner)).join(',\n')}\n${indent}]`;
  }
  const members = Object.entries(value).map(
    ([key, item]) => `${inner}${JSON.stringify(key)}: ${jsonText(item, inner)}`,
  );
  return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isScalar(value: Json): boolean {
  return value === null || typeof value !== 'object' || value instanceof Exact;
}

/** A row as a JSON object on one line, between `open` and `close`. */
export function objectLayout(columns: readonly Column[], open: string, close: string): RowLayout {
  return {
    before: columns.map((column, index) => `${index === 0 ? `${open}{` : ','}${JSON.stringify(column.name)}:`),
    cell: columns.map(cellWriter),
    after: `}${close}`,
  };
}

function cellWriter(column: Column): (cell: Cell) => string {
  switch (column.kind) {
    case 'text':
      return (cell) => (cell === null ? 'null' : JSON.stringify(cell));
    case 'date':
      return (cell) => (cell === null ? 'null' : `"${cell}"`);
    case 'interval':
      return (cell) => (cell === null ? 'null' : `[${cell.replace(' ', ',')}]`);
    default:
      return (cell) => cell ?? 'null';
  }
}
