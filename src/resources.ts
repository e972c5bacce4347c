/** Files that go with the code: they stand the same way to this folder and to the one of the built program, whose files lie flat. */
export const LAYOUTS = new URL('./layouts/', import.meta.url);
export const PACKAGE = new URL('../package.json', import.meta.url);
