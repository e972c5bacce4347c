import { AMOUNT_SCALE, rescale, unitsText } from '../../base/money.ts';
import { listOf, objectOf } from '../../data/lists.ts';
import { Exact, type Json, type Report } from '../../data/report.ts';
import { driverName } from '../../data/what-if.ts';
import { envelope } from '../../report/found.ts';
import { inputBlock } from '../../report/input.ts';
import { methodology } from '../../report/methodology.ts';
import { modelBlock } from '../../report/model.ts';
import { barsOf, costText } from '../../valuation/whatif/figures.ts';
import type { WhatIf } from './found.ts';
import { OUTCOME, outcomeRow, SCENARIO, scenarioRow, TORNADO, tornadoRows } from './lists.ts';
import { whatIfViews } from './views.ts';

/** The report of `clv whatif`: customer equity under other assumptions, and what each driver does on its own. */
export function whatIfReport(whatIf: WhatIf): Report {
  const { assumptions, groups, source, payback, scenarios, set } = whatIf;
  const bars = barsOf(whatIf.tornado, whatIf);
  const points = bars.flatMap((bar) => tornadoRows(bar, whatIf));
  const documented = scenarios.map((scenario) => scenarioObject(scenario, whatIf));
  return {
    command: 'whatif',
    document: [
      ...envelope('whatif', whatIf, { ...methodology(assumptions), ...WORDS }, inputBlock(whatIf)),
      ['model', modelBlock({ model: { ...groups[0]!.model, source }, spend: groups[0]!.spend })],
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
  };
}

function baseline({ assumptions, population, equity, acquisition }: WhatIf): Json {
  const { digits } = assumptions;
  return {
    customers: population.valued.customers,
    acquired_last_year: population.recentFirst,
    revenue: new Exact(unitsText(rescale(population.valued.amount, AMOUNT_SCALE, digits), digits)),
    customer_equity: new Exact(unitsText(equity, digits)),
    acquisition_value: new Exact(unitsText(acquisition, digits)),
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

/** What the drivers are and how figures follow from them. */
const WORDS = {
  what_if:
    'the past stays as it is: parameters and what is known of each customer are those of the baseline; from the as-of date on ' +
    'the drivers change, those of a scenario together',
  drivers: {
    margin: 'margin of every purchase',
    purchase_rate: 'purchases of a customer while it is one; how long it stays one does not change',
    dropout: 'customers drop out so many times as fast: what is left of each lifetime is divided by 1 + change',
    retention: 'the chance to stay a year is multiplied by 1 + change: the rate δ = ln(1 + d) falls by ln(1 + change)',
    discount_rate: 'annual effective rate',
    acquisition:
      'customers won in the year after the as-of date; baseline: as many as made their first purchase in the 365.25 days up to it',
  },
  customer_equity: 'of the customers there are: those yet to be won are no part of it',
  acquisition_value:
    'of the customers won in a year, each worth the prospect value of the scenario, not discounted; null where acquisition ' +
    'does not change; baseline: as many as in the last year, each worth break_even_acquisition_cost',
  change: 'of customer_equity; where acquisition changes, of customer_equity + acquisition_value, and so its shares',
  elasticity: 'change over the change of the driver, both as shares; null unless one driver changes by a share',
  break_even_acquisition_cost: 'prospect value: the first purchase at once, then those expected within the horizon',
  payback_months:
    'months of 30.4375 days until the expected margin of a new customer, the first purchase at once, discounted as CLV is, ' +
    'adds up to acquisition_cost, rounded up to a tenth; null: never within the horizon',
  return_on_spend:
    '(change − campaign_cost) / campaign_cost, which is exact as given, with up to 4 decimals in any currency',
};
