import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ClvError } from '../../base/errors.ts';
import type { Report } from '../../data/report.ts';
import { sectionsOf } from '../../reporter/format.ts';
import { formatNamed } from '../../reporter/registry.ts';
import { takeLock } from './lock.ts';
import { attempt, cleaning } from './target.ts';
import type { Destination } from './writing.ts';

/** A file of a folder, and the list that it has where it has but one. */
export interface Filed extends Destination {
  readonly file: string;
  readonly section?: string;
}

/** The files of a report in a folder: as a page, as a document, and each of its lists. */
export function filesIn(folder: string, report: Report): readonly Filed[] {
  const [html, json, csv] = [formatNamed('html')!, formatNamed('json')!, formatNamed('csv')!];
  const lists = [...new Set(sectionsOf(report).map(({ name }) => name))];
  return [
    { file: join(folder, 'report.html'), format: html },
    { file: join(folder, 'result.json'), format: json },
    ...lists.map((section) => ({ file: join(folder, `${section}.csv`), format: csv, section })),
  ];
}

/**
 * Makes a folder where there is none, and keeps other runs out of it until what it returns is called, which takes away the
 * folders that were made and hold nothing. E411, E432; E461 where there is something else of that name.
 */
export async function claimFolder(folder: string, signal?: AbortSignal): Promise<() => void> {
  return attempt(folder, 'E411', () => {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (found && !found.isDirectory()) throw new ClvError('E461', { folder });
    const first = mkdirSync(folder, { recursive: true });
    const release = takeLock(join(folder, '.clv.lock'), folder, () => {});
    return cleaning(signal, () => {
      release();
      if (first !== undefined) removeEmpty(resolve(folder), resolve(first));
    });
  });
}

/** Removes a folder and those above it up to another, as far as they are empty. */
function removeEmpty(folder: string, last: string): void {
  try {
    rmdirSync(folder);
  } catch {
    return;
  }
  if (folder !== last) removeEmpty(dirname(folder), last);
}
