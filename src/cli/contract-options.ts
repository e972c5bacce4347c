import type { Decimal } from '../base/decimal.ts';
import { ClvError } from '../base/errors.ts';
import { type Horizon, parseHorizon } from '../base/units.ts';
import { retentionPerPeriod, TIMINGS, type Timing } from '../engine/timing.ts';
import { constantRetention } from '../models/constant-retention.ts';
import { sbg } from '../models/sbg.ts';
import type { SurvivalModel } from '../models/survival.ts';
import { contractModel } from '../models/survival-registry.ts';
import type { ComputeOptions } from './compute-command.ts';
import { bad, choice, rate } from './option-values.ts';

/** What was typed of the options of contracts, as built values. */
export interface ContractSettings {
  readonly model: SurvivalModel;
  readonly period: Period;
  /** One rate a period, given; null: by the model, or estimated. */
  readonly retention: Decimal | null;
  /** Annual effective growth of the margin. */
  readonly growth: Decimal;
  readonly timing: Timing;
  /** Payments counted; null: for life. */
  readonly horizonPeriods: number | null;
  readonly interval: boolean;
}

/** The length of a period: a year of 365.25 days by so many. */
export interface Period {
  readonly text: '1m' | '1q' | '1y';
  readonly months: 1 | 3 | 12;
  readonly perYear: number;
  readonly days: number;
}

const MONTHS = { '1m': 1, '1q': 3, '1y': 12 } as const;

/** @throws ClvError E101, E122 */
export function contractSettings(options: ComputeOptions, horizon: Horizon, typedModel: boolean): ContractSettings {
  const period = periodOf(options.contract ?? '1y');
  const single = options.retention !== undefined;
  const model = typedModel ? contractModel(options.model)! : single ? constantRetention : sbg;
  if (single && model !== constantRetention) {
    const remedy = `leave one of them out, or use --model ${constantRetention.name}`;
    throw new ClvError('E122', { option: '--retention', other: `--model ${model.name}`, remedy });
  }
  const given = options.retention === undefined ? null : rate('--retention', options.retention, 'retention');
  return {
    model,
    period,
    retention: given && retentionPerPeriod(given, period.perYear),
    growth: rate('--growth', options.growth, 'growth'),
    timing: choice('--timing', options.timing, Object.keys(TIMINGS) as Timing[]),
    horizonPeriods: wholePeriods(horizon, period),
    interval: choice('--interval', options.interval, ['covariance', 'none']) === 'covariance',
  };
}

function periodOf(text: string): Period {
  const name = choice('--contract', text, ['1m', '1q', '1y']);
  const months = MONTHS[name];
  return { text: name, months, perYear: 12 / months, days: parseHorizon(name)!.days! };
}

/** Payments come by whole periods. */
function wholePeriods(horizon: Horizon, period: Period): number | null {
  if (horizon.days === null) return null;
  const periods = Math.round(horizon.days / period.days);
  if (periods > 0 && Math.abs(periods * period.days - horizon.days) < 1e-6) return periods;
  const remedy = `a multiple of ${period.text}, or lifetime`;
  return bad('--horizon', horizon.text, `is not a whole number of periods of ${period.text}`, remedy);
}
