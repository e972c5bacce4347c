import { createRequire } from 'node:module';

/**
 * The engine's own module. It is CommonJS: an import would read its two hundred files for the names that they export before
 * it ran them, which takes as long again.
 */
export const duckdb = createRequire(import.meta.url)('@duckdb/node-api') as typeof import('@duckdb/node-api');
