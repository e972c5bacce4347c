import { expect, it } from 'vitest';
import { inspectAnswer } from '../../../src/commands/inspect/answer.ts';
import type { Inspection } from '../../../src/commands/inspect/found.ts';

const found = {
  digits: 2,
  files: [{ name: 'shop.csv' }],
  customers: { all: 2999, repeat: 12, withoutPurchase: 1 },
  totals: { records: 10_277, amount: 4_682_587_300n },
  dates: { first: '2023-01-01', last: '2025-06-30' },
  decisions: [],
  lines: [{ line: 'clv compute shop.csv', means: [] }],
  warnings: [],
} as unknown as Inspection;

it.each([
  [
    {},
    [
      'shop.csv: 10,277 transactions of 3,000 customers, 2023-01-01 to 2025-06-30, 468,258.73 in all.',
      'It can be valued: the line to run stands below.',
    ],
  ],
  [
    { customers: null, totals: null, lines: [] },
    ['shop.csv: what is in there cannot be told yet.', 'It cannot be valued before what stands below is cured.'],
  ],
  [
    { files: [{}, {}], dates: { first: null, last: null }, lines: [{}, {}], warnings: [{}] },
    [
      '2 files: 10,277 transactions of 3,000 customers, 468,258.73 in all.',
      'It can be read in 2 ways: somebody who knows the shop chooses among the lines below.',
      '1 thing in it would be warned of, as told below.',
    ],
  ],
  [
    { customers: { all: 1, repeat: 0, withoutPurchase: 0 }, totals: { records: 1, amount: 0n }, decisions: [{}] },
    [
      'shop.csv: 1 transaction of 1 customer, 2023-01-01 to 2025-06-30, 0.00 in all.',
      'It can be valued: the line to run stands below, if you agree with what is decided there.',
    ],
  ],
])('says what there is, and what comes next', (more, sentences) => {
  expect(inspectAnswer({ ...found, ...more } as Inspection)).toEqual(sentences);
});
