import type { Format } from '../format.ts';
import { MOST_ROWS } from '../spreadsheet.ts';

/** A workbook: the report in words, a sheet a list with typed cells, and the methodology. What writes it is loaded only then. */
export const xlsx: Format = {
  name: 'xlsx',
  extensions: ['.xlsx'],
  fileOnly: true,
  mostRows: MOST_ROWS,
  async *write(report, options) {
    const { workbookBytes } = await import('./workbook.ts');
    yield* workbookBytes(report, options);
  },
};
