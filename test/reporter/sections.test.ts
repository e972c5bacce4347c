import { expect, test } from 'vitest';
import type { Report } from '../../src/data/report.ts';
import { csv } from '../../src/reporter/csv.ts';
import { json } from '../../src/reporter/json.ts';
import { ndjson } from '../../src/reporter/ndjson.ts';
import { table } from '../../src/reporter/table/table.ts';
import { reportOf, sectionOf, textOf, viewOf } from './helpers.ts';

/** A document that nests its list, with the list row by row beside it. */
function nested(): Report {
  const models = sectionOf('models', { name: 'text', mae: 'number' }, [['a', '0.5']]);
  return {
    ...reportOf([]),
    document: [['models', [{ name: 'a', deciles: [{ decile: 1 }] }]]],
    sections: [models, sectionOf('deciles', { model: 'text', decile: 'integer' }, [['a', '1']])],
    main: 'models',
  };
}

test('csv and ndjson carry a list that the document nests', async () => {
  expect(await textOf(csv, nested())).toBe('name,mae\na,0.5\n');
  expect(await textOf(ndjson, nested(), { section: 'deciles' })).toBe('{"model":"a","decile":1}\n');
  await expect(textOf(csv, nested(), { section: 'weekly' })).rejects.toMatchObject({
    code: 'E109',
    values: { sections: 'models, deciles' },
  });
  expect(Object.keys(JSON.parse(await textOf(json, nested())))).toEqual(['models']);
});

test('a view may bring a section of its own', async () => {
  const section = sectionOf('deciles', { decile: 'integer' }, [['7']]);
  const view = { ...viewOf(section), section };
  expect(await textOf(table, reportOf([], [view]))).toContain('7');
});
