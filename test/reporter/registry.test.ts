import { expect, test } from 'vitest';
import { FORMATS, formatNamed, formatOfFile } from '../../src/reporter/registry.ts';

test('names and endings are unique, and lead to their format', () => {
  const endings = FORMATS.flatMap((format) => format.extensions);
  expect(new Set(endings).size).toBe(endings.length);
  for (const format of FORMATS) {
    expect(formatNamed(format.name)).toBe(format);
    for (const ending of format.extensions) expect(formatOfFile(`out/a.b${ending.toUpperCase()}`)).toBe(format);
  }
  expect(formatNamed('xls')).toBeUndefined();
  expect(formatOfFile('json')).toBeUndefined();
});
