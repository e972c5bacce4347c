import { grouped, MARGIN_SCALE, rescale } from '../../../base/money.ts';
import { listOf } from '../../../data/lists.ts';
import type { Cell, Column, View } from '../../../data/report.ts';
import { listView, moneyIn } from '../../../report/views.ts';
import {
  type ContractScore,
  type ContractSummary,
  isContractScored,
  sum,
  total,
} from '../../../valuation/backtest/contracts/scores.ts';
import { money } from '../lists.ts';
import { type Best, rankedContracts } from './best.ts';
import type { ContractRolling, ContractValidation } from './found.ts';
import { percent } from './lists.ts';
import { heldText, originName, stepText } from './origins.ts';

const OVER: readonly Column[] = [
  { name: 'model', kind: 'text' },
  { name: 'renewals', kind: 'number' },
  { name: 'survivors', kind: 'number' },
  { name: 'margin', kind: 'number' },
  { name: 'period', kind: 'number' },
  { name: 'failed', kind: 'integer' },
];

/** The best over the origins, then each of them. */
export function contractOriginViews(
  validation: ContractValidation,
  rolling: ContractRolling,
  summaries: readonly ContractSummary[],
  best: Best,
): readonly View[] {
  const { scores } = rolling;
  const origins = [...new Set(scores.map(({ heldOut }) => originName(heldOut)))];
  const money = validation.happened.margin !== null;
  const size = (error: number): Cell => (Number.isFinite(error) ? `${(100 * error).toFixed(1)}%` : null);
  const rows = rankedContracts(summaries).map((one): Cell[] => [
    one.name,
    ...[one.renewals, one.survivors, one.margin, one.byPeriod].map(size),
    String(one.failed),
  ]);
  const title = `Validation at ${origins.length} origins, each with a holdout of ${validation.span}`;
  return [
    {
      type: 'facts',
      title,
      facts: [
        { label: 'Best model', value: `${best.name}: ${best.reason}` },
        { label: 'Origins', value: `${origins[0]} to ${origins.at(-1)}, ${stepText(rolling)} from one to the next` },
        ...validation.facts,
        ...scores.flatMap(({ name, heldOut, scored }) =>
          isContractScored(scored)
            ? []
            : [{ label: `Failed: ${name}`, value: `as of ${originName(heldOut)}: ${scored.code} ${scored.message}` }],
        ),
      ],
    },
    listView('Mean size of the errors over the origins, best first', listOf('over', OVER, rows), {
      model: 'Model',
      renewals: 'Renewals',
      survivors: 'Survivors',
      ...(money ? { margin: 'Margin' } : {}),
      period: 'Renewals of a period',
      failed: 'Failed fits',
    }),
    ...origins.map((origin) =>
      originView(
        scores.filter(({ heldOut }) => originName(heldOut) === origin),
        validation,
      ),
    ),
  ];
}

const EACH: readonly Column[] = [
  { name: 'model', kind: 'text' },
  { name: 'renewals', kind: 'number' },
  { name: 'renewals_error', kind: 'number' },
  { name: 'survivors', kind: 'number' },
  { name: 'survivors_error', kind: 'number' },
  { name: 'margin', kind: 'money' },
  { name: 'margin_error', kind: 'number' },
];

/** All models at one origin, what happened in the title. */
function originView(scores: readonly ContractScore[], { money: how }: ContractValidation): View {
  const { heldOut, happened } = scores[0]!;
  const margin = happened.margin && moneyIn(how)(rescale(total(happened.margin), MARGIN_SCALE, how.digits));
  const made = `${grouped(String(sum(happened.renewals)))} renewals${margin === null ? '' : ` and a margin of ${margin}`}`;
  const title = `As of ${originName(heldOut)}: ${made} by ${grouped(String(happened.customers))} customers in the ${heldText(heldOut)} after`;
  const rows = scores.map(({ name, scored }): Cell[] =>
    isContractScored(scored)
      ? [
          name,
          scored.renewals.toFixed(1),
          percent(scored.renewalsError),
          scored.survivors.toFixed(1),
          percent(scored.survivorsError),
          money(scored.margin, how.digits),
          percent(scored.marginError),
        ]
      : [`${name}: failed, ${scored.code}`, null, null, null, null, null, null],
  );
  return listView(title, listOf('each', EACH, rows), {
    model: 'Model',
    renewals: 'Renewals',
    renewals_error: 'Error',
    survivors: 'Survivors',
    survivors_error: 'Error',
    ...(margin === null ? {} : { margin: 'Margin', margin_error: 'Error' }),
  });
}
