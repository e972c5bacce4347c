import { unitsText } from '../../base/money.ts';
import { listOf, objectOf } from '../../data/lists.ts';
import { Exact, type Json, type Report } from '../../data/report.ts';
import { driverName } from '../../data/what-if.ts';
import { envelope } from '../../report/found.ts';
import { barsOf, costText } from '../../valuation/whatif/figures.ts';
import { whatIfAnswer } from './answer.ts';
import type { WhatIf } from './found.ts';
import { OUTCOME, outcomeRow, SCENARIO, scenarioRow, TORNADO, tornadoRows } from './lists.ts';
import { whatIfViews } from './views.ts';

/** The report of `clv whatif`: customer equity under other assumptions, and what each driver does on its own. */
export function whatIfReport(whatIf: WhatIf): Report {
  const { assumptions, methodology, model, payback, scenarios, set } = whatIf;
  const bars = barsOf(whatIf.tornado, whatIf);
  const points = bars.flatMap((bar) => tornadoRows(bar, whatIf));
  const documented = scenarios.map((scenario) => scenarioObject(scenario, whatIf));
  return {
    command: 'whatif',
    document: [
      ...envelope('whatif', whatIf, methodology, whatIf.input),
      ['model', model],
      ['baseline', baseline(whatIf)],
      ['scenarios', documented],
      ['tornado', points.map((row) => objectOf(TORNADO, row))],
      ['break_even_acquisition_cost', new Exact(unitsText(whatIf.prospect, assumptions.digits))],
      ['acquisition_cost', payback && new Exact(costText(payback.cost, assumptions.digits))],
      ['payback_months', payback?.months ? new Exact(payback.months) : null],
      ['return_on_spend', set ? documented[0]!['return_on_spend']! : null],
    ],
    sections: [
      listOf(
        'scenarios',
        SCENARIO,
        scenarios.map((scenario) => scenarioRow(scenario, scenario.tried, whatIf)),
      ),
      listOf('tornado', TORNADO, points),
    ],
    main: scenarios.length > 0 ? 'scenarios' : 'tornado',
    views: whatIfViews(whatIf, bars),
    answer: async () => whatIfAnswer(whatIf, bars),
  };
}

function baseline({ assumptions, customers, past, equity, acquisition }: WhatIf): Json {
  const money = (units: bigint): Exact => new Exact(unitsText(units, assumptions.digits));
  return {
    customers,
    ...(past && { acquired_last_year: past.acquired, revenue: money(past.revenue) }),
    customer_equity: money(equity),
    ...(past && { acquisition_value: money(acquisition) }),
  };
}

function scenarioObject(scenario: WhatIf['scenarios'][number], whatIf: WhatIf): { readonly [key: string]: Json } {
  const { name, changes, tried } = scenario;
  return {
    name,
    set: Object.fromEntries([...changes].map(([driver, { text }]) => [driverName(driver), text])),
    ...objectOf(OUTCOME, outcomeRow(scenario, tried, whatIf)),
  };
}
