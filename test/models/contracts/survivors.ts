import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SurvivalModel } from '../../../src/models/contracts/survival.ts';
import { survival } from '../../../src/models/contracts/survival.ts';
import { DATA } from '../../shared.ts';
import { uniform } from '../customers.ts';

/** Survivors the model expects, in whole customers: data of our own whose parameters are known. */
export function expectedSurvivors(model: SurvivalModel, parameters: number[], customers: number, periods: number) {
  return Array.from(survival(model, parameters, periods), (share) => Math.round(customers * share));
}

/** Survivors of customers who leave at each renewal by chance. */
export function simulatedSurvivors(
  model: SurvivalModel,
  parameters: number[],
  customers: number,
  periods: number,
  seed = 11,
) {
  const random = uniform(seed);
  const survivors = [customers];
  for (let k = 1; k <= periods; k++) {
    let kept = 0;
    for (let i = 0; i < survivors[k - 1]!; i++) if (random() < model.retention(parameters, k)) kept++;
    survivors.push(kept);
  }
  return survivors;
}

/** The published table "High End", 1,000 customers, years 0 to 7 (../shared/data). */
export function highEnd(): number[] {
  const lines = readFileSync(join(DATA, 'survivors_highend.csv'), 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => Number(line.split(',')[1]));
}

/** Published percentages by year, 0 to 12, "highend" or "regular", per 1,000. */
export function retentionTable(name: string): number[] {
  const lines = readFileSync(join(DATA, 'retention_tables.csv'), 'utf8').trim().split('\n').slice(1);
  const rows = lines.map((line) => line.split(',')).filter(([table]) => table === name);
  return rows.map(([, , percent]) => Math.round(Number(percent) * 10));
}
