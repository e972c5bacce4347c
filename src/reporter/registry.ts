import { csv } from './csv.ts';
import { chooseSection, type Format } from './format.ts';
import { html } from './html/html.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { ndjson } from './ndjson.ts';
import { parquet } from './parquet.ts';
import { table } from './table/table.ts';
import { xlsx } from './xlsx/xlsx.ts';

/** The formats of every command. */
export const FORMATS: readonly Format[] = [table, json, ndjson, csv, markdown, html, xlsx].map(checked);

/** The formats of a command whose lists are written by their store too. */
export const STORE_FORMATS: readonly Format[] = [...FORMATS, checked(parquet)];

/** A format that knows a wrong `--section` even where it shows all of them. E109. */
function checked(format: Format): Format {
  return {
    ...format,
    write(report, options) {
      if (options.section !== undefined) chooseSection(report, options.section);
      return format.write(report, options);
    },
  };
}

export function formatNamed(name: string): Format | undefined {
  return STORE_FORMATS.find((format) => format.name === name);
}

/** The format that the ending of a file name chooses, in any case: `out.JSON` → json. */
export function formatOfFile(file: string): Format | undefined {
  const name = file.toLowerCase();
  return STORE_FORMATS.find((format) => format.extensions.some((extension) => name.endsWith(extension)));
}
