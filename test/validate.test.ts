import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../src/main.ts';
import { withoutInput } from './run.ts';
import { DATA, hasData } from './shared.ts';

interface Model {
  readonly name: string;
  readonly predicted_purchases: number;
  readonly prediction_interval: readonly [number, number] | null;
  readonly actual_purchases: number;
  readonly predicted_margin: number;
  readonly actual_margin: number;
  readonly mae: number;
  readonly rmse: number;
  readonly deciles: readonly Record<string, number>[];
  readonly weekly: readonly { readonly predicted_cumulative: number; readonly actual_cumulative: number }[];
}

/** Runs `clv validate` in this process on a file with this content. */
async function validate(content: string, ...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'clv-validate-'));
  try {
    const [file, out] = [join(folder, 'data.csv'), join(folder, 'out.json')];
    writeFileSync(file, content);
    const code = await main(['validate', file, '-qq', '-o', out, ...args]);
    if (code !== 0) throw new Error(`exit ${code}`);
    const text = readFileSync(out, 'utf8');
    const result = JSON.parse(text) as {
      readonly models: readonly Model[];
      readonly best: string;
      readonly holdout: object;
      readonly origins?: readonly (Model & { readonly as_of: string; readonly model: string })[];
    };
    return { text, ...result };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Figures of an independent implementation (data/README.md). */
describe.skipIf(!hasData)('CDNOW sample, the last 39 weeks', () => {
  const sample = () => readFileSync(join(DATA, 'cdnow_sample_log.csv'), 'utf8');
  const OPTIONS = ['--margin', '100%', '--holdout', '39w', '--models', 'pareto-nbd,bg-nbd,mbg-nbd', '--season', 'none'];

  it('predicts and misses what it should', async () => {
    const { models, best, holdout } = await validate(sample(), ...OPTIONS, '--model-error', 'none');
    expect(holdout).toEqual({ from: '1997-10-01', to: '1998-06-30', days: 273 });
    const [pareto, bg, mbg] = models as [Model, Model, Model];
    expect(models.map((model) => model.actual_purchases)).toEqual([1882, 1882, 1882]);
    expect(models.map((model) => model.predicted_purchases.toFixed(3))).toEqual(['1665.513', '1653.409', '1576.728']);
    expect([pareto.mae, pareto.rmse]).toEqual([0.754523, 1.602848]);
    expect(bg.mae.toFixed(5)).toBe('0.78545');
    expect([mbg.mae, mbg.rmse]).toEqual([0.764779, 1.607183]);
    expect(best).toBe('pareto-nbd');
    const [low, high] = pareto.prediction_interval!;
    expect((high - low) / (2 * 1.96)).toBeCloseTo(134, 0);
    expect(low).toBeLessThan(1882);
    expect(high).toBeGreaterThan(1882);
    // What customers do is as random in the models of which nothing is published.
    for (const other of [bg, mbg]) {
      const [least, most] = other.prediction_interval!;
      expect((most - least) / (high - low)).toBeCloseTo(1, 0);
    }
  });

  it('expects of the spring of 1998 what the months say (accuracy of the figures, "Reference numbers")', async () => {
    const spring = ['--margin', '100%', '--holdout', '91d', '--model-error', 'none'];
    const [plain] = (await validate(sample(), ...spring, '--model', 'pareto-nbd', '--season', 'none')).models as [
      Model,
    ];
    const [onClock] = (await validate(sample(), ...spring)).models as [Model];
    expect([plain.actual_purchases, onClock.actual_purchases]).toEqual([495, 495]);
    expect(plain.predicted_purchases.toFixed(3)).toBe('636.279');
    expect(Math.abs(onClock.predicted_purchases / 538.92 - 1)).toBeLessThan(1e-4);
    expect([plain.mae.toFixed(5), onClock.mae.toFixed(4)]).toEqual(['0.27748', '0.2566']);
  });

  it('tells the same in totals, deciles and weeks', async () => {
    const { models } = await validate(sample(), ...OPTIONS);
    for (const model of models) {
      const total = (name: string) => model.deciles.reduce((sum, row) => sum + row['customers']! * row[name]!, 0);
      expect(total('predicted_purchases')).toBeCloseTo(model.predicted_purchases, 2);
      expect(total('actual_purchases')).toBeCloseTo(model.actual_purchases, 2);
      expect(Math.abs(total('predicted_margin') - model.predicted_margin)).toBeLessThan(0.005 * 2357);
      expect(Math.abs(total('actual_margin') - model.actual_margin)).toBeLessThan(0.005 * 2357);
      expect(model.weekly).toHaveLength(39);
      expect(model.weekly.at(-1)).toMatchObject({
        predicted_cumulative: model.predicted_purchases,
        actual_cumulative: model.actual_purchases,
      });
    }
  });

  it('is the same for rows in another order, whatever comes after the holdout', async () => {
    const [header, ...rows] = sample().trim().split('\n');
    const { text } = await validate(sample(), ...OPTIONS);
    const turned = await validate([header, ...rows.reverse()].join('\n'), ...OPTIONS);
    expect(withoutInput(turned.text)).toBe(withoutInput(text));
    const early = ['--as-of', '1998-03-31', ...OPTIONS];
    const later = rows.filter((row) => row.split(',')[1]! <= '1998-03-31');
    const [all, cut] = [await validate(sample(), ...early), await validate([header, ...later].join('\n'), ...early)];
    expect(withoutInput(cut.text)).toBe(withoutInput(all.text));
  });
});

describe('several origins', () => {
  const demo = () => readFileSync(join(import.meta.dirname, '../fixtures/transactions.csv'), 'utf8');
  const OPTIONS = ['--margin', '30%', '--holdout', '13w', '--models', 'pareto-nbd,mbg-cnbd-k'];

  it('are what a validation at each of them alone finds: nothing after an origin is known at it', async () => {
    const { origins, models } = await validate(demo(), ...OPTIONS, '--origins', '2');
    expect(origins!.map(({ as_of }) => as_of)).toEqual(['2024-12-30', '2025-03-31'].flatMap((day) => [day, day]));
    for (const [i, until] of ['2025-03-31', '2025-06-30'].entries()) {
      const alone = await validate(demo(), ...OPTIONS, '--as-of', until);
      for (const [k, model] of alone.models.entries()) {
        const { predicted_purchases, prediction_interval, actual_purchases, predicted_margin, actual_margin } = model;
        const figures = { predicted_purchases, prediction_interval, actual_purchases, predicted_margin, actual_margin };
        expect(origins![2 * i + k]).toMatchObject({ ...figures, mae: model.mae, rmse: model.rmse });
        if (i === 1) expect(models[k]).toEqual(model);
      }
    }
  });
});
