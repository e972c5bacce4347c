import { describe, expect, it } from 'vitest';
import { MarkEvidence } from '../../src/reader/marks.ts';

const found = (...texts: string[]): string => {
  const marks = new MarkEvidence<string>();
  for (const text of texts) marks.see(text, () => text);
  const { result } = marks;
  return 'mark' in result ? result.mark : `? ${result.ambiguous}`;
};

describe('the decimal mark of a column', () => {
  it.each([
    [['12', '5'], '.'],
    [['12.50'], '.'],
    [['12,50'], ','],
    [['1.234', '12.5'], '.'],
    [['1,234', '12.5'], '.'],
    [['1.234', '12,5'], ','],
    [['1.234,50'], ','],
    [['1,234.50'], '.'],
    [['0.123'], '.'],
    [['0,123'], ','],
    [['1.234', '1234'], '.'],
    [['1,234', '-1234'], ','],
    [['1.234.567'], ','],
    [['12 345', '5'], '.'],
    [['oops', '', '12,50'], ','],
    [['12,50', '12.50', '13.5'], '.'],
    [['1,234'], '? 1,234'],
    [['1.234', '500'], '? 1.234'],
    [['-1.234', '$12.345'], '? -1.234'],
    [['1,234', '1.234', '1234'], '? 1.234'],
    [['12,50', '12.50', '1.234'], '? 1.234'],
  ])('%j: %s', (texts, mark) => {
    expect(found(...texts)).toBe(mark);
  });
});
