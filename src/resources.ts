import { existsSync, readFileSync } from 'node:fs';

/** Files that go with the code: they stand the same way to this folder and to the one of the built program, whose files lie flat. */
export const LAYOUTS = new URL('./layouts/', import.meta.url);
export const DOCS = new URL('../docs/', import.meta.url);
const PACKAGE = new URL('../package.json', import.meta.url);
const BUILD = new URL('./build.txt', import.meta.url);

/** The version of the program. */
export function version(): string {
  return inPackage().version;
}

/** The checksum of the built program; null where it is not built. */
export function build(): string | null {
  return existsSync(BUILD) ? readFileSync(BUILD, 'utf8') : null;
}

/** The version of the embedded engine, which that of the program decides. */
export function engineVersion(): string {
  return inPackage().dependencies['@duckdb/node-api']!;
}

function inPackage() {
  return JSON.parse(readFileSync(PACKAGE, 'utf8')) as {
    readonly version: string;
    readonly dependencies: Readonly<Record<string, string>>;
  };
}
