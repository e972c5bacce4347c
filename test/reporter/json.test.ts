import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Exact, type Json, type Report } from '../../src/data/report.ts';
import { json } from '../../src/reporter/json.ts';
import { ndjson } from '../../src/reporter/ndjson.ts';
import { reportOf, sectionOf, textOf } from './helpers.ts';

const COLUMNS = { customer_id: 'text', last: 'date', clv: 'money', range: 'interval' } as const;

function document(): Report {
  const segments = sectionOf('segments', COLUMNS, []);
  const customers = sectionOf('customers', COLUMNS, [
    ['0001', '2024-02-29', '12.30', '1.00 2.50'],
    ['a"\\\u0000\u{1f6dc}', null, null, null],
    ['3', '2024-03-01', '-0.05', '-1.00 0.00'],
  ]);
  const summary: Json = {
    customer_equity: new Exact('262067.30'),
    range: [new Exact('1.10'), null],
    none: [],
    empty: {},
  };
  const warnings: Json = [{ code: 'W301', message: 'x' }];
  return {
    ...reportOf([]),
    document: [
      ['schema_version', '1.0'],
      ['warnings', warnings],
      ['summary', summary],
      ['segments', segments],
      ['customers', customers],
    ],
    main: 'customers',
  };
}

test('the document in its order, exact numbers as they are, one object a line in lists', async () => {
  expect(await textOf(json, document())).toBe(`{
  "schema_version": "1.0",
  "warnings": [
    {
      "code": "W301",
      "message": "x"
    }
  ],
  "summary": {
    "customer_equity": 262067.30,
    "range": [1.10, null],
    "none": [],
    "empty": {}
  },
  "segments": [],
  "customers": [
    {"customer_id":"0001","last":"2024-02-29","clv":12.30,"range":[1.00,2.50]},
    {"customer_id":"a\\"\\\\\\u0000\u{1f6dc}","last":null,"clv":null,"range":null},
    {"customer_id":"3","last":"2024-03-01","clv":-0.05,"range":[-1.00,0.00]}
  ]
}
`);
});

test('ndjson: one object a line', async () => {
  const lines = (await textOf(ndjson, document())).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).clv)).toEqual([12.3, null, -0.05]);
  expect(await textOf(ndjson, document(), { section: 'segments' })).toBe('');
});

test('any text, key or nesting is valid JSON and comes back', async () => {
  const texts = fc.array(fc.string({ unit: 'binary' }), { maxLength: 10 });
  const head = fc.jsonValue({ noUnicodeString: false, stringUnit: 'binary' });
  const property = fc.asyncProperty(texts, head, fc.string({ unit: 'binary' }), async (ids, value, name) => {
    const section = sectionOf(
      'customers',
      { [name]: 'text' },
      ids.map((id) => [id]),
      3,
    );
    const report: Report = {
      ...reportOf([]),
      document: [
        ['head', value as Json],
        ['customers', section],
      ],
    };
    const parsed = JSON.parse(await textOf(json, report));
    expect(parsed.head).toEqual(JSON.parse(JSON.stringify(value)));
    expect(parsed.customers.map((row: object) => Object.entries(row))).toEqual(ids.map((id) => [[name, id]]));
  });
  await fc.assert(property);
});
