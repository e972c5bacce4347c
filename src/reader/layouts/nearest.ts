import { layouts } from './library.ts';
import { knows } from './match.ts';

/** A layout that knows some of the columns of a header, and what the header lacks of it. */
export interface NearLayout {
  readonly name: string;
  readonly title: string;
  readonly matched: number;
  readonly asked: number;
  /** Columns that it asks for and that are not there. */
  readonly missing: readonly string[];
  /** Columns that it must not have and that are there. */
  readonly unwanted: readonly string[];
}

/** Fewer than this part of the columns is chance: every export has a date and an amount. */
const LEAST = 0.5;
const MOST = 3;

/** The layouts that know most of a header, the nearest first; none where none knows half of what it asks for. */
export function nearestLayouts(header: readonly string[]): readonly NearLayout[] {
  return layouts()
    .map((layout) => {
      const { columns, without = [] } = layout.match;
      const missing = columns.filter((name) => !knows(header, name, layout));
      const unwanted = without.filter((name) => knows(header, name, layout));
      const matched = columns.length - missing.length;
      return { name: layout.name, title: layout.title, matched, asked: columns.length, missing, unwanted };
    })
    .filter(({ matched, asked }) => matched >= LEAST * asked)
    .sort((a, b) => b.matched / b.asked - a.matched / a.asked || b.matched - a.matched)
    .slice(0, MOST);
}
