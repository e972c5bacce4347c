import { csv } from './csv.ts';
import type { Format } from './format.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { ndjson } from './ndjson.ts';
import { table } from './table.ts';

export const FORMATS: readonly Format[] = [table, json, ndjson, csv, markdown];

export function formatNamed(name: string): Format | undefined {
  return FORMATS.find((format) => format.name === name);
}

/** The format that the ending of a file name chooses, in any case: `out.JSON` → json. */
export function formatOfFile(file: string): Format | undefined {
  const name = file.toLowerCase();
  return FORMATS.find((format) => format.extensions.some((extension) => name.endsWith(extension)));
}
