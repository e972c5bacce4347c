import { ClvError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import type { Json, Report, Section } from '../data/report.ts';
import type { ExcelMark } from './csv-excel.ts';

export interface FormatOptions {
  /** Columns of the terminal; no line of a table is wider. */
  readonly width: number;
  readonly color: boolean;
  /** Whether a terminal shows charts, by bars and lines of marks. */
  readonly charts?: boolean | undefined;
  /** The list that csv and ndjson carry instead of the report's main one. */
  readonly section?: string | undefined;
  /** Of CSV, the decimal mark of the spreadsheet program that it is for. */
  readonly excel?: ExcelMark | undefined;
  /** Rows of the views that have a limit, instead of theirs. */
  readonly top?: number | undefined;
  /** The run that a report is of, for those who sign it. */
  readonly run?: Run | undefined;
}

export interface Run {
  readonly version: string;
  /** Options as they stand, each with its value. */
  readonly stated: readonly (readonly [string, string])[];
}

/** Data → text, in chunks; the lists of a report are walked as it is written, and again by the next format. */
export interface Format {
  readonly name: string;
  /** File endings that choose this format, with their dot. */
  readonly extensions: readonly string[];
  /** Bytes that mean nothing on a screen, and are of no use before the last of them. */
  readonly fileOnly?: boolean;
  /** Rows that a list can have with its headings, where there is a limit. */
  readonly mostRows?: number;
  write(report: Report, options: FormatOptions): AsyncIterable<string | Uint8Array>;
}

export function isSection(value: Json | Section): value is Section {
  return typeof value === 'object' && value !== null && 'blocks' in value && Array.isArray(value.columns);
}

export function sectionsOf(report: Report): readonly Section[] {
  return [...report.document.map(([, value]) => value).filter(isSection), ...(report.sections ?? [])];
}

/** What is said first: the answer of the report, else the first facts of it. */
export async function answerOf({ answer, views }: Report): Promise<readonly string[]> {
  if (answer) return answer();
  const first = views.find((view) => view.type === 'facts');
  return (first?.facts ?? []).slice(0, 3).map(({ label, value }) => `${label}: ${value}`);
}

/** The section of that name, or the main one; E109 where the report has none of that name. */
export function chooseSection(report: Report, name: string = report.main): Section {
  const sections = sectionsOf(report);
  const section = sections.find((candidate) => candidate.name === name);
  if (section) return section;
  return noSection(
    name,
    sections.map((candidate) => candidate.name),
  );
}

/** E109: there is no list of that name, but these. */
export function noSection(section: string, names: readonly string[]): never {
  throw new ClvError('E109', { section, sections: names.join(', '), hint: didYouMean(section, names) });
}
