import type { Report } from '../data/report.ts';
import { chooseSection, type Format, type FormatOptions } from './format.ts';
import { objectLayout } from './json-text.ts';
import { rowChunks } from './rows.ts';

/** One list, one object a line. */
export const ndjson: Format = { name: 'ndjson', extensions: ['.ndjson', '.jsonl'], write };

async function* write(report: Report, options: FormatOptions): AsyncGenerator<string> {
  const section = chooseSection(report, options.section);
  yield* rowChunks(section, objectLayout(section.columns, '', '\n'));
}
