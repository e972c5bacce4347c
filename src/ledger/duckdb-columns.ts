import type { Chunk } from './store.ts';

export { dayOrNull, joined, textsIf, units } from './store.ts';

export const doubles = (chunk: Chunk, column: number): Float64Array => chunk.doubles(column);
export const integers = (chunk: Chunk, column: number): Int32Array => chunk.integers(column);
export const bigints = (chunk: Chunk, column: number): BigInt64Array => chunk.bigints(column);
export const decimals = (chunk: Chunk, column: number): bigint[] => chunk.decimals(column);
export const texts = (chunk: Chunk, column: number): string[] => chunk.texts(column);
