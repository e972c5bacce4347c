import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { MESSAGES } from '../../base/messages.ts';
import type { ExcelMark } from '../../reporter/csv-excel.ts';
import type { Format } from '../../reporter/format.ts';
import { FORMATS, formatNamed, formatOfFile } from '../../reporter/registry.ts';
import type { ManifestAsked } from '../manifest/asked.ts';
import { choice, columns, optionError, unknownName } from '../option-values.ts';
import { hasColors, isTerminal } from '../say/terminal.ts';
import type { ValuationOptions } from '../shared-options.ts';

/** What is not said on stderr: by `-q` what was detected and how far the run is, by `-qq` warnings too. */
type Quiet = (typeof QUIET)[number];
const QUIET = ['nothing', 'notes', 'warnings'] as const;

/** Where a report is written to, and how: a file, a device, or standard output (`-`, or no file). */
export interface Destination {
  readonly file: string | undefined;
  readonly format: Format;
}

/** How a report is written, and what is said beside it. */
export interface Writing {
  /** None where a folder is all that is asked for. */
  readonly outputs: readonly Destination[];
  /** A folder for every list and the report as a whole. */
  readonly folder: string | undefined;
  /** Where what went in and out is told. */
  readonly manifest: ManifestAsked | undefined;
  /** Of CSV, the decimal mark of the spreadsheet program that it is for. */
  readonly excel: ExcelMark | undefined;
  readonly quiet: Quiet;
  /** Whether the stages are told with their times. */
  readonly verbose: boolean;
  /** Codes of the warnings that fail the run. */
  readonly failOn: ReadonlySet<string>;
  readonly color: boolean;
  /** Whether tables have charts: on a terminal, unless that is not wanted. */
  readonly charts: boolean;
  /** Options as they stand, defaults too, but those that say only where and how to write: "--margin", "30%". */
  readonly stated: readonly (readonly [string, string])[];
}

/** What was typed of how a report is written. */
export type Written = Pick<ValuationOptions, 'format' | 'output' | 'outDir' | 'excel' | 'plain' | 'color'> &
  Partial<Pick<ValuationOptions, 'quiet' | 'verbose' | 'failOn' | 'manifest'>> & {
    readonly section?: string | undefined;
  };

/**
 * @param formats those that the command can write
 * @throws ClvError E101, E111, E115, E116, E118, E122
 */
export function writingOf(options: Written, formats: readonly Format[] = FORMATS): Writing {
  const { output, outDir, color } = options;
  if (outDir !== undefined && options.section !== undefined)
    throw new ClvError('E122', { option: '--section', ...variant('E122', 'every list') });
  const outputs = destinationsOf(options, formats);
  const quiet = QUIET[Math.min(Number(options.quiet ?? 0), QUIET.length - 1)]!;
  const verbose = options.verbose === true;
  if (verbose && quiet !== 'nothing') throw new ClvError('E111', { option: '--verbose', other: '--quiet' });
  return {
    outputs,
    folder: outDir,
    manifest: options.manifest,
    excel: excelMark(options, outputs),
    quiet,
    verbose,
    failOn: failOn(options.failOn),
    color: color && hasColors(process.stdout) && output === undefined,
    charts: options.plain !== true && isTerminal(process.stdout) && output === undefined,
    stated: statedOf(options),
  };
}

/** E101; E553 where nothing is written as CSV. */
function excelMark({ excel, outDir }: Written, outputs: readonly Destination[]): ExcelMark | undefined {
  if (excel === undefined) return undefined;
  if (outDir === undefined && !outputs.some(({ format }) => format.name === 'csv')) throw new ClvError('E553');
  return choice('--excel', excel, ['.', ','] as const);
}

/** Warnings by their codes, or all of them. */
function failOn(text: string | undefined): ReadonlySet<string> {
  if (text === undefined) return new Set();
  const known = Object.keys(MESSAGES).filter((code) => code.startsWith('W'));
  if (text === 'all') return new Set(known);
  const asked = columns('--fail-on', text).map((code) => code.toUpperCase());
  const unknown = asked.find((code) => !known.includes(code));
  if (unknown !== undefined) optionError('--fail-on', unknown, 'no warning', { known: known.sort().join(', ') });
  return new Set(asked);
}

/** E464 for a list that one of the outputs cannot hold: as soon as its rows are counted, before they are worked on. */
export function checkListed({ outputs }: Pick<Writing, 'outputs'>, list: string, rows: number): void {
  for (const { format } of outputs)
    if (rows >= (format.mostRows ?? Number.POSITIVE_INFINITY))
      throw new ClvError('E464', { list, limit: format.mostRows! });
}

/** Whether an output is neither standard output nor a device. */
export function isFile(output: string | undefined): output is string {
  return output !== undefined && output !== '-' && !output.startsWith('/dev/');
}

function destinationsOf({ format, output, outDir }: Written, formats: readonly Format[]): readonly Destination[] {
  const files = output ?? (outDir === undefined ? [undefined] : []);
  if (files.filter((file) => file === '-').length > 1) throw new ClvError('E118', { option: '--output -' });
  if (format !== undefined && (files.length !== 1 || outDir !== undefined))
    throw new ClvError('E122', { option: `--format ${format}`, ...variant('E122', 'several outputs') });
  return files.map((file) => ({ file, format: formatOf(format, file, formats) }));
}

function formatOf(asked: string | undefined, file: string | undefined, formats: readonly Format[]): Format {
  const names = formats.map((format) => format.name);
  const format = formatAsked(asked, file, names);
  if (!formats.includes(format)) throw new ClvError('E115', { what: 'what this command reports' });
  if (format.fileOnly && !isFile(file)) throw new ClvError('E116', { format: format.name });
  return format;
}

function formatAsked(asked: string | undefined, file: string | undefined, names: readonly string[]): Format {
  if (asked !== undefined) return formatNamed(asked) ?? unknownName('--format', asked, 'no format', names);
  if (!isFile(file)) return formatNamed('table')!;
  return formatOfFile(file) ?? optionError('--output', file, 'no ending', { names: names.join(', ') });
}

/** Options that have no part in what a report says. */
const UNSTATED = new Set('output outDir format excel plain color quiet verbose section top manifest'.split(' '));

function statedOf(options: object): Writing['stated'] {
  return Object.entries(options).flatMap(([name, value]): [string, string][] => {
    const text = Array.isArray(value) ? value.join(', ') : String(value);
    if (UNSTATED.has(name) || value === undefined || value === false || text === '') return [];
    return [[`--${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`, value === true ? '' : text]];
  });
}
