import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';

/** Where a member of a JSON text stands; both count from 1. */
export interface JsonPlace {
  readonly line: number;
  readonly column: number;
}

/** A string, a mark, or what stands between them. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g;

/** Joins the names of nested members to a key of the map. */
export function pathOf(...names: readonly string[]): string {
  return names.join('\u0000');
}

/**
 * The place of each member of a JSON text that can be parsed, by its path.
 * @throws ClvError E163 for a member that stands twice, of which a parser would keep the last
 */
export function placesIn(text: string, file: string): ReadonlyMap<string, JsonPlace> {
  const places = new Map<string, JsonPlace>();
  const open: { readonly isObject: boolean; name: string }[] = [];
  let isName = false;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const inner = open.at(-1);
    if (token === '{' || token === '[') open.push({ isObject: token === '{', name: '' });
    else if (token === '}' || token === ']') open.pop();
    if (!isName || !token.startsWith('"')) {
      isName = token === '{' || (token === ',' && inner?.isObject === true);
      continue;
    }
    isName = false;
    inner!.name = JSON.parse(token) as string;
    const path = pathOf(...open.map(({ name }) => name));
    const place = placeOf(text, index);
    if (places.has(path))
      throw new ClvError('E163', variant('E163', 'twice', { key: inner!.name }), { file, ...place });
    places.set(path, place);
  }
  return places;
}

function placeOf(text: string, index: number): JsonPlace {
  const before = text.slice(0, index).split('\n');
  return { line: before.length, column: [...before.at(-1)!].length + 1 };
}
