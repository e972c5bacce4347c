import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from './command.ts';

/** Small logs of subscriptions with right figures, not part of the project: skipped where they are missing. */
const FOLDER = join(import.meta.dirname, '../../shared/cases');
const there = existsSync(join(FOLDER, 'mixed-plans.csv'));

interface Result {
  readonly summary: { readonly customer_equity: number };
  readonly model: { readonly parameters: Record<string, number> };
  readonly segments: readonly { readonly plan: string; readonly customers: number; readonly customer_equity: number }[];
  readonly customers: readonly { readonly customer_id: string; readonly clv: number }[];
}

async function compute(options: string): Promise<Result> {
  const { code, out, err } = await run(`clv compute ${options} --margin 100% --format json -qq`, FOLDER);
  expect(code, err).toBe(0);
  return JSON.parse(out) as Result;
}

async function refused(options: string): Promise<string> {
  const { code, out, err } = await run(`clv compute ${options} --margin 100% -q`, FOLDER);
  expect([code, out]).toEqual([65, '']);
  return err;
}

describe.skipIf(!there)('subscriptions of ../shared/cases', () => {
  it.each(['2025-02-10', '2025-03-15', '2025-06-30', '2025-07-20'])(
    'exactly 80% a year renew: .8 and 37,546.24 before, within and after the grace, as of %s',
    async (asOf) => {
      const { summary, model } = await compute(`grace-yearly.csv --contract 1y --model retention --as-of ${asOf}`);
      expect([summary.customer_equity, model.parameters['retention']]).toEqual([37546.24, 0.8]);
    },
  );

  describe('annual and monthly plans', () => {
    const FILE = 'mixed-plans.csv --by plan --as-of 2025-06-30';

    it('are valued each by their own fit, and are what each is alone', async () => {
      const { segments, summary } = await compute(`${FILE} --contract auto --retention annual=80%`);
      const [annual, monthly] = segments;
      expect(annual).toMatchObject({ plan: 'annual', customers: 60, customer_equity: 19008 });
      const alone = await compute(`${FILE} --contract 1m --where plan=monthly`);
      expect(monthly).toMatchObject({
        plan: 'monthly',
        customers: 104,
        customer_equity: alone.summary.customer_equity,
      });
      expect(summary.customer_equity).toBeCloseTo(19008 + alone.summary.customer_equity, 6);
    });

    it('are refused where nobody of the annual has left, with the line to paste', async () => {
      const said = await refused(`${FILE} --contract auto`);
      expect(said).toMatch(/E314.* annual of 1y, 60 subscriptions of which 0 have ended/);
      const [, line] = /(--retention \S+), say/.exec(said)!;
      expect(line).toBe("--retention 'annual=80%'");
      expect((await compute(`${FILE} --contract auto ${line}`)).segments[0]!.customer_equity).toBe(19008);
    });

    it('are never valued at a rate of 1', async () => {
      expect(await refused(`${FILE} --contract auto --model retention`)).toMatch(/E314.*annual.*E322/);
    });

    it('are refused where all are said to be monthly, with names', async () => {
      expect(await refused(`${FILE} --contract 1m`)).toMatch(/E315.*"A000", "A002".* 365 days apart/);
    });
  });

  it('a plan upgraded from 10 to 100 is worth 3,748.08 at the price paid now, 2,061.44 at its mean', async () => {
    const OPTIONS = 'plan-upgrade.csv --contract 1m --model retention --retention 80% --as-of 2024-06-10';
    const worth = async (at: string) =>
      Object.fromEntries((await compute(`${OPTIONS} ${at}`)).customers.map((one) => [one.customer_id, one.clv]));
    expect(await worth('--value-at last')).toEqual({ up: 3748.08, std: 374.81 });
    expect(await worth('--value-at mean')).toEqual({ up: 2061.44, std: 374.81 });
    expect(await worth('')).toEqual({ up: 2061.44, std: 374.81 });
  });
});
