import { expect, test } from 'vitest';
import type { Section } from '../../src/data/report.ts';
import { parquet, withParquet } from '../../src/reporter/parquet.ts';
import { reportOf, sectionOf, textOf } from './helpers.ts';

const bytes = (text: string) => async () =>
  (async function* () {
    yield Buffer.from(text);
  })();

test('a list is written by its store, or not at all', async () => {
  const large: Section = {
    ...sectionOf('customers', { customer_id: 'text' }, []),
    written: { parquet: bytes('large') },
  };
  const small = sectionOf('summary', { clv: 'money' }, []);
  const report = { ...reportOf([large]), sections: [small] };
  expect(await textOf(parquet, report)).toBe('large');
  await expect(textOf(parquet, report, { section: 'summary' })).rejects.toMatchObject({ code: 'E115' });
  await expect(textOf(parquet, report, { section: 'lines' })).rejects.toMatchObject({ code: 'E109' });
  const also = withParquet(report, 2, ({ columns }, digits) => bytes(`small ${columns[0]!.name} ${digits}`)());
  expect(await textOf(parquet, also)).toBe('large');
  expect(await textOf(parquet, also, { section: 'summary' })).toBe('small clv 2');
  const none = withParquet(report, 2, undefined);
  await expect(textOf(parquet, none, { section: 'summary' })).rejects.toMatchObject({ code: 'E115' });
});

test('names that differ in capitals only are refused', async () => {
  const twins: Section = {
    ...sectionOf('customers', { Plan: 'text', plan: 'text' }, []),
    written: { parquet: bytes('') },
  };
  await expect(textOf(parquet, reportOf([twins]))).rejects.toMatchObject({
    code: 'E117',
    values: { first: 'Plan', second: 'plan' },
  });
});
