import { afterAll, describe, expect, it } from 'vitest';
import { Decimal } from '../../../src/base/decimal.ts';
import { readMarket } from '../../../src/reader/tables/market.ts';
import { failure, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);
const market = (content: string) => readMarket(space.file(content), 'us');

describe('market files', () => {
  it('give each competitor by what is known of it', async () => {
    const { rivals, source } = await market(
      'Company;Customers;Equity;CLV;Margin;Retention;Growth;Sales;note\n' +
        'A;10;99.50;;;;;7;x\nB;20;;3.25;;;;;\nC;30;;;12;80%;-2%;;\nD;40;;;12;0.8;;;\nE;;5;;;;;;\n',
    );
    expect(rivals).toMatchObject([
      { name: 'A', customers: 10, worth: { basis: 'equity', equity: 995000n }, revenue: 70000n },
      { name: 'B', customers: 20, worth: { basis: 'average_clv', customers: 20, average: 32500n }, revenue: null },
      { name: 'C', worth: { basis: 'parameters', margin: 120000n, retention: new Decimal('0.8') } },
      { name: 'D', worth: { growth: new Decimal(0), retention: new Decimal('0.8') } },
      { name: 'E', customers: null, worth: { basis: 'equity' } },
    ]);
    expect(rivals[2]!.worth).toMatchObject({ growth: new Decimal('-0.02'), place: { line: 4, column: 11 } });
    expect(source.records).toBe(5);
  });

  it.each([
    ['E271', 'name,customers,equity\nA,10,5\nUS,4,5\n', '3:1'],
    ['E274', 'name,customers\nA,10\n', '2:1'],
    ['E274', 'name,customers,equity,clv\nA,10,,\n', '2:1'],
    ['E274', 'name,customers,equity,clv\nA,10,5,5\n', '2:1'],
    ['E274', 'customers,name,margin,retention\n10,A,5,\n', '2:4'],
    ['E274', 'name,customers,margin,retention,growth\nA,10,,,2%\n', '2:1'],
    ['E274', 'name,customers,equity,growth\nA,10,5,2%\n', '2:1'],
    ['E254', 'name,customers,equity\n,10,5\n', '2:1'],
    ['E254', 'name,customers,equity\nA,10,5\na,11,5\n', '3:1'],
    ['E254', 'name,customers,equity\nA,-10,5\n', '2:3'],
    ['E254', 'name,customers,equity\nA,1.5,5\n', '2:3'],
    ['E254', 'name,customers,equity\nA,10,-5\n', '2:6'],
    ['E254', 'name,customers,clv\nA,10,-5\n', '2:6'],
    ['E254', 'name,customers,clv\nA,,5\n', '2:3'],
    ['E254', 'name,customers,clv,revenue\nA,10,5,-1\n', '2:8'],
    ['E254', 'name,customers,margin,retention\nA,10,-5,80%\n', '2:6'],
    ['E254', 'name,customers,margin,retention\nA,10,5,80\n', '2:8'],
    ['E254', 'name,customers,margin,retention\nA,10,5,120%\n', '2:8'],
    ['E254', 'name,customers,margin,retention,growth\nA,10,5,80%,-200%\n', '2:12'],
    ['E255', 'name,equity\nA,5\n', '1:1'],
    ['E255', 'name,customers,clv,avg clv\nA,5,1,1\n', '1:1'],
    ['E255', 'name,brand,customers,clv\nA,A,5,1\n', '1:1'],
  ])('%s: %j', async (code, content, place) => {
    const error = await failure(market(content));
    expect(error.code).toBe(code);
    expect(`${error.place?.line}:${error.place?.column}`).toBe(place);
  });
});
