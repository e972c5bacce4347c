import { readFileSync } from 'node:fs';

/** Files that go with the code: they stand the same way to this folder and to the one of the built program, whose files lie flat. */
export const LAYOUTS = new URL('./layouts/', import.meta.url);
const PACKAGE = new URL('../package.json', import.meta.url);

/** The version of the program. */
export function version(): string {
  return inPackage().version;
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
