import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSurvivors } from '../../../src/reader/tables/survivors.ts';
import { DATA, hasData } from '../../shared.ts';
import { failure, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);
const survivors = (content: string) => readSurvivors(space.file(content));

describe('survivor tables', () => {
  it('are one cohort, in any order of periods', async () => {
    const { cohorts, source } = await survivors('Period;Survivors;note\n1;800;x\n0;1000;\n2;800;\n');
    expect(cohorts).toEqual([{ name: null, survivors: [1000, 800, 800] }]);
    expect(source).toMatchObject({ records: 3, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('are several, of unequal length, in the order of their first lines', async () => {
    const { cohorts } = await survivors(
      'cohort,period,survivors\n2024,0,50\n2023,0,100\n2024,1,40\n2023,1,80\n2023,2,0\n',
    );
    expect(cohorts).toEqual([
      { name: '2024', survivors: [50, 40] },
      { name: '2023', survivors: [100, 80, 0] },
    ]);
    const { cohorts: one } = await survivors('cohort,period,survivors\n__proto__,0,5\n');
    expect(one).toEqual([{ name: '__proto__', survivors: [5] }]);
  });

  it.each([
    ['is more than the 800', 'period,survivors\n0,1000\n1,800\n2,801\n', '4:3'],
    ['is negative', 'period,survivors\n0,1000\n1,-1\n', '3:3'],
    ['not a whole number of customers', 'period,survivors\n0,1000\n1,86.9\n', '3:3'],
    ['not a whole number of customers', 'period,survivors\n0,1000\n1,\n', '3:3'],
    ['not a whole number of customers', 'period,survivors\n0,"1,000"\n', '2:4'],
    ['not a whole number of periods', 'period,survivors\n0,1000\n1.5,900\n', '3:1'],
    ['not a whole number of periods', 'period,survivors\n-1,1000\n', '2:1'],
    ['not a whole number of periods', 'period,survivors\n2024-01,1000\n', '2:1'],
    ['is the first period', 'period,survivors\n1,1000\n2,900\n', '2:1'],
    ['follows period 0', 'period,survivors\n0,1000\n2,900\n', '3:1'],
    ['stands already on line 3', 'period,survivors\n0,1000\n1,900\n1,900\n', '4:1'],
    ['stands already on line 2', 'period,survivors\n0,1000\n0,900\n', '3:1'],
    ['without customers', 'period,survivors\n0,0\n1,0\n', '2:3'],
    ['is blank', 'cohort,period,survivors\n,0,10\n', '2:1'],
    ['follows period 0', 'cohort,period,survivors\na,0,10\nb,0,10\nb,1,9\na,2,9\n', '5:3'],
  ])('E254 %s: %j', async (problem, content, place) => {
    const error = await failure(survivors(content));
    expect(error.code).toBe('E254');
    expect(error.values['problem']).toContain(problem);
    expect(`${error.place?.line}:${error.place?.column}`).toBe(place);
  });

  it.each([
    ['E255', 'period,count\n0,10\n'],
    ['E255', 'year,survivors\n0,10\n'],
    ['E255', 'period,survivors,Survivors\n0,10,10\n'],
    ['E255', 'period,survivors,cohort,COHORT\n0,10,a,b\n'],
    ['E231', ''],
    ['E232', 'period,survivors\n'],
    ['E233', 'period,survivors\n0,10,3\n'],
  ])('%s: %j', async (code, content) => {
    expect((await failure(survivors(content))).code).toBe(code);
  });

  it.skipIf(!hasData)('read the published one (../shared/data)', async () => {
    const { cohorts } = await readSurvivors(join(DATA, 'survivors_highend.csv'));
    expect(cohorts.map(({ survivors: counts }) => [counts.length, counts[0], counts[7]])).toEqual([[8, 1000, 491]]);
  });
});
