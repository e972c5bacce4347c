import { expect, it } from 'vitest';
import { Window } from '../../../src/reader/text/window.ts';

it.each([
  [',', 'a, b,"c"', [0, 3, 6]],
  [',', ',  ,c', [0, 1, 4]],
  ['\t', '\tb\t c', [0, 1, 4]],
  ['\t', ' \t\t', [0, 2, 3]],
])(
  'with %j the fields of %j begin behind their quotes and blanks, blank ones where they are',
  (delimiter, text, starts) => {
    const window = Window.start({ name: 'a.csv' }, Buffer.from(text));
    expect(starts.map((_, index) => window.fieldStart(0, index, delimiter))).toEqual(starts);
  },
);
