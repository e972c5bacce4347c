import type { Changes } from '../../data/books/close.ts';
import { Exact } from '../../data/report.ts';

/** One of two things that are compared. */
export interface Side {
  /** As it was named. */
  readonly name: string;
  readonly command: string;
  readonly currency: string | null;
  /** Every figure and text under its path, in the order in which they are reported. */
  readonly values: ReadonlyMap<string, Value>;
}

/** Figures are numbers, or exact texts of such. */
export type Value = string | number | Exact | boolean | null;

/** What two have under one path; absent where one has nothing there. */
export interface Difference {
  readonly path: string;
  readonly a: Value | undefined;
  readonly b: Value | undefined;
}

/** Everything that was found. */
export interface Compared {
  readonly a: Side;
  readonly b: Side;
  readonly differences: readonly Difference[];
  /** Null where customers are not listed on both sides. */
  readonly customers: Changes | null;
}

/** The paths under which two sides have different values. */
export function differencesOf(a: Side, b: Side): readonly Difference[] {
  const paths = new Set([...a.values.keys(), ...b.values.keys()]);
  return [...paths].flatMap((path) => {
    const found = { path, a: a.values.get(path), b: b.values.get(path) };
    return plain(found.a) === plain(found.b) ? [] : [found];
  });
}

function plain(value: Value | undefined): Exclude<Value, Exact> | undefined {
  return value instanceof Exact ? value.text : value;
}

/** Names by which the objects of a list are told apart; without one of them all their texts do. */
const NAMES = ['name', 'line', 'code'];

/**
 * Every figure and text of a JSON value under its path, by points: objects of a list go by their name, what else is in one by its
 * place. @param left paths that are left out with all that is in them
 */
export function valuesOf(json: unknown, left: ReadonlySet<string>): Map<string, Value> {
  const found = new Map<string, Value>();
  const walk = (value: unknown, path: string): void => {
    if (left.has(path)) return;
    if (typeof value !== 'object' || value === null || value instanceof Exact) found.set(path, value as Value);
    else for (const [name, one] of partsOf(value)) walk(one, path === '' ? name : `${path}.${name}`);
  };
  walk(json, '');
  return found;
}

function partsOf(value: object): readonly (readonly [string, unknown])[] {
  if (!Array.isArray(value)) return Object.entries(value);
  const taken = new Map<string, number>();
  return value.map((one: unknown, i) => {
    const name = nameOf(one) ?? String(i + 1);
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    return [times === 1 ? name : `${name} ${times}`, one] as const;
  });
}

function nameOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const texts = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const own = texts.find(([name]) => NAMES.includes(name));
  return own?.[1] ?? (texts.map(([, text]) => text).join(' ') || null);
}
