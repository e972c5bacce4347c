import type { Chunk } from '../store.ts';

type Numbers = Int32Array | Float64Array;

/** All rows of a large result, column by column. @param take the columns of a chunk that are wanted */
export async function gathered<T extends Readonly<Record<string, Numbers>>>(
  chunks: AsyncIterable<Chunk>,
  take: (chunk: Chunk) => T,
): Promise<T> {
  const none = take(NO_ROWS);
  const parts: T[] = [];
  for await (const chunk of chunks) parts.push(take(chunk));
  const joined = Object.entries(none).map(([name, empty]) => [
    name,
    joinedColumn(
      parts.map((part) => part[name]!),
      empty,
    ),
  ]);
  return Object.fromEntries(joined) as T;
}

const NO_ROWS: Chunk = {
  rowCount: 0,
  doubles: () => new Float64Array(),
  integers: () => new Int32Array(),
  bigints: () => new BigInt64Array(),
  decimals: () => [],
  texts: () => [],
};

function joinedColumn(parts: readonly Numbers[], empty: Numbers): Numbers {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const all = new (empty.constructor as new (n: number) => Numbers)(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
