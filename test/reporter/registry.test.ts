import { expect, test } from 'vitest';
import { formatNamed, formatOfFile, STORE_FORMATS } from '../../src/reporter/registry.ts';

test('names and endings are unique, and lead to their format', () => {
  const endings = STORE_FORMATS.flatMap((format) => format.extensions);
  expect(new Set(endings).size).toBe(endings.length);
  for (const format of STORE_FORMATS) {
    expect(formatNamed(format.name)).toBe(format);
    for (const ending of format.extensions) expect(formatOfFile(`out/a.b${ending.toUpperCase()}`)).toBe(format);
  }
  expect(formatNamed('xls')).toBeUndefined();
  expect(formatOfFile('json')).toBeUndefined();
});

test('every format refuses a section that the report does not have', () => {
  const report = { command: '', document: [], main: '', views: [] };
  for (const format of STORE_FORMATS)
    expect(() => format.write(report, { width: 80, color: false, section: 'foo' })).toThrow(
      expect.objectContaining({ code: 'E109' }),
    );
});
