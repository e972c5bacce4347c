import { statSync } from 'node:fs';
import type { Json, Report } from '../../data/report.ts';
import { readFolder } from '../../reader/files/folder.ts';
import { answerOf } from '../../reporter/format.ts';
import { jsonText } from '../../reporter/json-text.ts';
import { engineVersion, version } from '../../resources.ts';
import type { ManifestAsked } from './asked.ts';
import { type Hashed, hashOf, hashOfText } from './hashes.ts';

/** A file or a stream that a report went to. */
export interface Written {
  /** Null: standard output. */
  readonly file: string | null;
  readonly format: string;
  readonly section: string | null;
  readonly content: Hashed | null;
}

export const SCHEMA = 'urn:clv:manifest:1.0';
/** The last line of a manifest: the hash of what stands above it. */
const SEAL = /,\n {2}"manifest_sha256": "([0-9a-f]{64})"\n\}\n$/;

/** What a run read, by which options and program, and what it wrote: sealed by a hash of its own. E401, E403. */
export async function manifestText(
  { typed }: ManifestAsked,
  report: Report,
  written: readonly Written[],
): Promise<string> {
  const input = report.document.find(([name]) => name === 'input')?.[1];
  const known = hashesIn(input as Json | undefined);
  const { inputs, others, ...run } = typed!;
  const found: Json[] = [];
  for (const file of inputs.flatMap(filesIn)) {
    const content = known.get(file) ?? (isThere(file) ? await hashOf(file) : { sha256: null, bytes: null });
    found.push({ file, ...content });
  }
  const beside: Json[] = [];
  for (const file of others.filter(isThere))
    beside.push({ file, format: null, section: null, ...(await hashOf(file)) });
  const members: readonly (readonly [string, Json])[] = [
    ['$schema', SCHEMA],
    ['schema_version', '1.0'],
    ['command', run.command],
    ['clv', version()],
    ['environment', environment()],
    ['directory', process.cwd()],
    ['arguments', run.arguments],
    ['options', run.options.map((option) => ({ ...option }))],
    ['inputs', found],
    ['outputs', [...written.map(outputBlock), ...beside]],
    ['result', await answerOf(report)],
    ['input', (input as Json | undefined) ?? null],
  ];
  const lines = members.map(([name, value]) => `  ${JSON.stringify(name)}: ${jsonText(value, '  ')}`);
  const text = `{\n${lines.join(',\n')}`;
  return `${text},\n  "manifest_sha256": "${hashOfText(text)}"\n}\n`;
}

/** Whether a manifest is as it was written: its last line is the hash of what stands above it. */
export function isSealed(text: string): boolean {
  const [line, hash] = SEAL.exec(text) ?? [];
  return line !== undefined && hashOfText(text.slice(0, -line.length)) === hash;
}

/** What figures might hang on besides the input, the options and the program. */
function environment(): Json {
  const { node, tz = null, icu = null } = process.versions;
  const platform = `${process.platform}-${process.arch}`;
  return { node, platform, duckdb: engineVersion(), time_zones: tz, icu };
}

function outputBlock({ file, format, section, content }: Written): Json {
  return { file, format, section, sha256: content?.sha256 ?? null, bytes: content?.bytes ?? null };
}

/** The hashes that were taken while files were read, by the names of the files. */
function hashesIn(input: Json | undefined): ReadonlyMap<string, Hashed> {
  const { files = [], tables = [] } = (input ?? {}) as {
    readonly files?: readonly (Hashed & { readonly name: string })[];
    readonly tables?: readonly (Hashed & { readonly name: string })[];
  };
  return new Map([...files, ...tables].map(({ name, sha256, bytes }) => [name, { sha256, bytes }]));
}

/** A folder stands for the files that are read from it. An address of a server is no file: its checksum stands in `input`. */
function filesIn(name: string): readonly string[] {
  if (/^clickhouse(\+https?)?:\/\//.test(name)) return [];
  return readFolder(name)?.files ?? [name];
}

function isThere(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}
