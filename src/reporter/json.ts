import type { Report, Section } from '../data/report.ts';
import { type Format, isSection } from './format.ts';
import { jsonText, objectLayout } from './json-text.ts';
import { rowChunks } from './rows.ts';

/** The whole document in contract order: two blanks of indent, and one object a line in the lists. */
export const json: Format = { name: 'json', extensions: ['.json'], write };

async function* write(report: Report): AsyncGenerator<string> {
  let head = '{';
  let separator = '\n';
  for (const [key, value] of report.document) {
    head += `${separator}  ${JSON.stringify(key)}: `;
    separator = ',\n';
    if (!isSection(value)) {
      head += jsonText(value, '  ');
      continue;
    }
    yield head;
    yield* list(value);
    head = '';
  }
  yield `${head}\n}\n`;
}

/** Every row but the first is opened by a comma. */
async function* list(section: Section): AsyncGenerator<string> {
  let empty = true;
  for await (const chunk of rowChunks(section, objectLayout(section.columns, ',\n    ', ''))) {
    yield empty ? `[${chunk.slice(1)}` : chunk;
    empty = false;
  }
  yield empty ? '[]' : '\n  ]';
}
