import type { Decimal } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import type { Horizon } from '../../base/units.ts';
import { constantRetention } from '../../models/contracts/constant-retention.ts';
import { contractModel } from '../../models/contracts/registry.ts';
import { sbg } from '../../models/contracts/sbg.ts';
import type { SurvivalModel } from '../../models/contracts/survival.ts';
import { type KeepingCost, retentionPerPeriod, TIMINGS, type Timing } from '../../valuation/contracts/terms.ts';
import { amount, choice, rate } from '../option-values.ts';
import { type PeriodLength, wholePeriods } from '../periods.ts';
import { contractPeriod } from './reading.ts';

/** The options of contracts as text. */
export interface ContractOptions {
  readonly contract?: string | undefined;
  readonly model: string;
  readonly by?: string | undefined;
  readonly retention?: string | undefined;
  readonly retentionFile?: string | undefined;
  readonly timing: string;
  readonly growth: string;
  readonly retentionCost?: string | undefined;
  readonly retentionCostTiming?: string | undefined;
  /** Of a command that gives intervals. */
  readonly interval?: string | undefined;
}

/** What was typed of the options of contracts, as built values. */
export interface TypedContract {
  readonly model: SurvivalModel;
  readonly period: PeriodLength;
  /** One rate a period, given; null: by the model, or estimated. */
  readonly retention: Decimal | null;
  /** Annual effective growth of the margin. */
  readonly growth: Decimal;
  readonly timing: Timing;
  /** Payments counted; null: for life. */
  readonly horizonPeriods: number | null;
  readonly interval: boolean;
  readonly cost: KeepingCost | null;
}

/** @throws ClvError E101, E122 */
export function contractSettings(options: ContractOptions, horizon: Horizon, typedModel: boolean): TypedContract {
  const period = contractPeriod(options.contract ?? '1y');
  const single = options.retention !== undefined || options.retentionFile !== undefined;
  const model = typedModel ? contractModel(options.model)! : single ? constantRetention : sbg;
  if (single && model !== constantRetention) {
    const option = options.retention === undefined ? '--retention-file' : '--retention';
    const models = { model: model.name, single: constantRetention.name };
    throw new ClvError('E122', { option, ...variant('E122', 'one rate', models) });
  }
  if (options.retention !== undefined && options.retentionFile !== undefined)
    throw new ClvError('E122', { option: '--retention', ...variant('E122', 'two retentions') });
  if (options.retentionFile !== undefined && options.by === undefined)
    throw new ClvError('E123', variant('E123', 'segments'));
  const given = options.retention === undefined ? null : rate('--retention', options.retention, 'retention');
  const timing = choice('--timing', options.timing, Object.keys(TIMINGS) as Timing[]);
  return {
    model,
    period,
    cost: keepingCost(options, timing),
    retention: given && retentionPerPeriod(given, period.perYear),
    growth: rate('--growth', options.growth, 'growth'),
    timing,
    horizonPeriods: wholePeriods(horizon, period),
    interval: choice('--interval', options.interval ?? 'none', ['covariance', 'none']) === 'covariance',
  };
}

/** Comes when the margin does, unless it says otherwise. */
function keepingCost({ retentionCost, retentionCostTiming }: ContractOptions, timing: Timing): KeepingCost | null {
  if (retentionCost === undefined) {
    if (retentionCostTiming === undefined) return null;
    throw new ClvError('E112', { option: '--retention-cost-timing', other: '--retention-cost' });
  }
  const when = retentionCostTiming ?? timing;
  const known = choice('--retention-cost-timing', when, Object.keys(TIMINGS) as Timing[]);
  return { amount: amount('--retention-cost', retentionCost), timing: known };
}
