import type { Close } from '../../../data/books/close.ts';
import { SEGMENT_SEPARATOR, splitSegment } from '../../steps/sql.ts';
import { count, dayOrNull, type Row, units } from '../../store.ts';
import type { DuckDBStore } from '../store.ts';

/** A list of texts as one. */
const JOINED = (list: string): string => `array_to_string(${list}, chr(${SEGMENT_SEPARATOR.charCodeAt(0)}))`;

/** The closes of a book with their segments. */
export async function readCloses(store: DuckDBStore): Promise<readonly Close[]> {
  const closes = await store.rows(
    `SELECT * EXCLUDE (segment_columns), ${JOINED('segment_columns')} AS segment_columns FROM book.main.closes ORDER BY number`,
  );
  if (closes.length === 0) return [];
  const segments = await store.rows(
    `SELECT * EXCLUDE (segment), ${JOINED('segment')} AS segment FROM book.main.close_segments ORDER BY close, segment`,
  );
  return closes.map((row) => closeOf(row, segments));
}

function closeOf(row: Row, segments: readonly Row[]): Close {
  const text = (name: string): string => String(row[name]);
  const number = count(row['number']);
  return {
    number,
    asOf: dayOrNull(row['as_of'])!,
    closedAt: text('closed_at'),
    version: text('version'),
    options: text('options'),
    choices: text('choices'),
    margins: text('margins'),
    model: text('model'),
    currency: row['currency'] === null ? null : text('currency'),
    digits: count(row['digits']),
    by: splitSegment(text('segment_columns')),
    customers: count(row['customers']),
    expectedActive: Number(row['expected_active']),
    revenue: units(row['revenue']),
    margin: units(row['margin']),
    equity: units(row['customer_equity']),
    lastChange: count(row['last_change']),
    sha256: text('sha256'),
    segments: segments
      .filter((segment) => count(segment['close']) === number)
      .map((segment) => ({
        segment: splitSegment(String(segment['segment'])),
        customers: count(segment['customers']),
        value: units(segment['customer_equity']),
      })),
  };
}
