import { plainName } from '../columns.ts';
import type { Layout } from './layout.ts';

/** The layouts that a header may be known by; `named`: there is one, and it was asked for. */
export interface Choice {
  readonly layouts: readonly Layout[];
  readonly named: boolean;
}

/** The layouts that know a header. Of two, the one that asks for all columns of the other and more is meant. */
export function matching(header: readonly string[], { layouts }: Choice): readonly Layout[] {
  const names = new Set(header.map(plainName));
  const found = layouts.filter((layout) => {
    const has = (name: string): boolean => isIn(names, name, layout);
    return layout.match.columns.every(has) && !(layout.match.without ?? []).some(has);
  });
  return found.filter((layout) => !found.some((other) => other !== layout && isPartOf(layout, other)));
}

/** Whether a header has a column under one of the names that a layout gives it. */
export function knows(header: readonly string[], name: string, layout: Layout): boolean {
  return isIn(new Set(header.map(plainName)), name, layout);
}

function isIn(header: ReadonlySet<string>, name: string, { names }: Layout): boolean {
  return header.has(plainName(name)) || (names?.[name] ?? []).some((other) => header.has(plainName(other)));
}

function isPartOf(layout: Layout, other: Layout): boolean {
  const wanted = new Set(other.match.columns.map(plainName));
  return (
    other.match.columns.length > layout.match.columns.length &&
    layout.match.columns.every((name) => wanted.has(plainName(name)))
  );
}
