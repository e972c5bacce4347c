import { afterAll, describe, expect, it } from 'vitest';
import { readSwitching } from '../../../src/reader/tables/switching.ts';
import { failure, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);
const switching = (content: string) => readSwitching(space.file(content));
const ONE = 10n ** 20n;
const MATRIX = [
  [0.7, 0.3],
  [0.2, 0.8],
];

describe('switching files', () => {
  it('are probabilities, with columns in any order', async () => {
    const found = await switching('contribution,b,a,Brand,Last bought\n50,.3,.7,a,0.25\n40,.8,.2,b,.75\n');
    expect(found).toMatchObject({ brands: ['a', 'b'], given: 'probabilities', matrix: MATRIX });
    expect(found.contribution).toEqual([500000n, 400000n]);
    expect(found.lastBought).toEqual({ weights: [ONE / 4n, (ONE * 3n) / 4n], customers: null, source: 'last_bought' });
  });

  it('are percentages, and shares rounded to six decimals', async () => {
    expect((await switching('brand,a,b\na,70%,30%\nb,20 %,80%\n')).matrix).toEqual(MATRIX);
    const { matrix } = await switching('brand,a,b,c\na,0.333333,0.333333,0.333333\nb,0,1,\nc,,,1\n');
    expect(matrix).toEqual([
      [1 / 3, 1 / 3, 1 / 3],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });

  it('are counts, whose row totals tell what was last bought', async () => {
    const found = await switching('brand,a,b\na,70,30\nb,40,160\n');
    expect(found).toMatchObject({ given: 'counts', matrix: MATRIX });
    expect(found.lastBought).toEqual({ weights: [100n * ONE, 200n * ONE], customers: null, source: 'row totals' });
    const { lastBought } = await switching('brand,a,b,last_bought\na,70,30,5\nb,40,160,15\n');
    expect(lastBought).toEqual({ weights: [5n * ONE, 15n * ONE], customers: 20, source: 'last_bought' });
  });

  it('are the fraction lost and where it goes', async () => {
    const found = await switching('brand,lost,a,b,c\na,30%,,50,150\nb,0.2,0,,4\nc,0,,,\n');
    expect(found.given).toBe('lost');
    expect(found.lastBought).toBe(null);
    expect(found.matrix).toEqual([
      [0.7, 0.3 * 0.25, 0.3 * 0.75],
      [0, 0.8, 0.2],
      [0, 0, 1],
    ]);
  });

  it('may have a brand of the name of a column', async () => {
    expect((await switching('brand,lost,b\nlost,0.7,0.3\nb,0.2,0.8\n')).given).toBe('probabilities');
  });

  it.each([
    ['E272', 'brand,a,b\na,0.7,0.2\nb,0.2,0.8\n', '2:1'],
    ['E272', 'brand,a,b\na,0.7,0.3\nb,0.2,0.80001\n', '3:1'],
    ['E272', 'brand,a,b\na,0,0\nb,20,80\n', '2:1'],
    ['E272', 'brand,a,b\na,5,0.5\nb,0.2,0.8\n', '2:1'],
    ['E277', 'brand,a,b\na,0.7,0.3\nb,20,80\n', '3:1'],
    ['E277', 'brand,a,b\na,70,30\nb,20%,80%\n', '2:1'],
    ['E254', 'brand,a,b\na,.,0.3\nb,0.2,0.8\n', '2:3'],
    ['E272', 'brand,a,b\na,1,1\nb,1,0\n', '2:1'],
    ['E272', 'brand,lost,a,b\na,30%,,\nb,20%,1,\n', '2:1'],
    ['E273', 'brand,a,b,c\na,0.7,0.3,0\nb,0.2,0.8,0\n', '1:1'],
    ['E273', 'brand,a\na,1\nb,1\n', '3:1'],
    ['E273', 'brand,a,a\na,0.5,0.5\n', '2:1'],
    ['E273', 'brand,A,b\na,0.7,0.3\nb,0.2,0.8\n', '2:1'],
    ['E254', 'brand,a,b\na,1.3,-0.3\nb,0.2,0.8\n', '2:7'],
    ['E254', 'brand,a,b\na,x,1\nb,0,1\n', '2:3'],
    ['E254', 'brand,a,b\na,0.7,0.3\n,0.2,0.8\n', '3:1'],
    ['E254', 'brand,a,b\na,0.7,0.3\na,0.2,0.8\n', '3:1'],
    ['E254', 'brand,lost,a,b\na,30%,1,\nb,20%,1,\n', '2:7'],
    ['E254', 'brand,lost,a,b\na,130%,,1\nb,20%,1,\n', '2:3'],
    ['E254', 'brand,a,b,last_bought\na,0.7,0.3,0.5\nb,0.2,0.8,0.6\n', '3:11'],
    ['E254', 'brand,a,b,contribution\na,0.7,0.3,-5\nb,0.2,0.8,6\n', '2:11'],
    ['E255', 'name,a,b\na,0.7,0.3\nb,0.2,0.8\n', '1:1'],
    ['E255', 'brand,a,b,lost,Lost\na,0.7,0.3,0,0\nb,0.2,0.8,0,0\n', '1:1'],
  ])('%s: %j', async (code, content, place) => {
    const error = await failure(switching(content));
    expect(error.code).toBe(code);
    expect(`${error.place?.line}:${error.place?.column}`).toBe(place);
  });
});
