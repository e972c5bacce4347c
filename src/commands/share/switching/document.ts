import type { Decimal } from '../../../base/decimal.ts';
import { grouped } from '../../../base/money.ts';
import type { TableSource } from '../../../data/inputs.ts';
import type { Switching } from '../../../data/market.ts';
import { Exact, type Report } from '../../../data/report.ts';
import { annualText, horizonText } from '../../../report/methodology.ts';
import { shareReport } from '../document.ts';
import type { MarketShares } from '../found.ts';
import { switchingRoute } from '../routes.ts';
import type { SwitchingBrands, SwitchingTerms } from './brands.ts';

/** What a switching matrix is valued with. */
export interface SwitchingNotes extends Pick<MarketShares, 'us' | 'currency' | 'warnings'> {
  readonly source: TableSource;
  readonly terms: SwitchingTerms;
  readonly discountRate: Decimal;
  /** The horizon as the user wrote it: lifetime, 36m. */
  readonly horizon: string;
}

/** The report of `clv share --switching`: there are no transactions in it, and no model is fitted. */
export function switchingReport(switching: Switching, found: SwitchingBrands, notes: SwitchingNotes): Report {
  const { source, terms, discountRate, horizon, us, currency, warnings } = notes;
  const { name, sha256, bytes, records } = source;
  const contribution =
    switching.contribution === null
      ? '1 a purchase of any brand (no column contribution)'
      : `by brand and purchase, as in ${name}`;
  const first = terms.from === 0 ? 'one made now, t = 0' : 'the next, t = 1';
  const purchases = `${grouped(terms.purchasesPerYear.toFixed())} a customer and year, of whichever brand`;
  const lastBought = {
    last_bought: `column last_bought of ${name}`,
    'row totals': `row totals of ${name}`,
    'steady state': `not given: the steady state stands for it`,
  }[found.mixSource];
  return shareReport({
    route: switchingRoute(name, switching, terms, found),
    us,
    brands: found.brands,
    currency,
    digits: terms.digits,
    methodology: {
      as_of: null,
      currency,
      discount_rate_annual: new Exact(discountRate.toFixed()),
      horizon: horizonText(horizon),
      timing: `purchase t after t / ${terms.purchasesPerYear.toFixed()} years, the first that counts being ${first}`,
      margin: `contribution ${contribution}`,
      population: 'customers of the market, whichever brand they bought last',
      definition:
        'customer equity of a brand: population × contribution × discounted expected purchases of it by a customer of the ' +
        'market, (1+d)^(−t/f) [A M^t] summed over t, rounded once to the minor unit; customers: who bought it last',
      steady_state: found.oneSteadyState
        ? 'steady_state_share: of purchases in the long run, whatever was bought last'
        : 'steady_state_share: of purchases in the long run from what was bought last; some brands never lose their customers',
    },
    facts: [
      { label: 'Purchases', value: purchases },
      { label: 'First purchase', value: first },
      { label: 'Contribution', value: contribution },
      { label: 'Last bought', value: lastBought },
      { label: 'Customers', value: `${grouped(String(found.population))} of the market` },
      { label: 'Discount rate', value: annualText(discountRate) },
      { label: 'Horizon', value: horizonText(horizon) },
    ],
    input: { files: [], tables: [{ name, sha256, bytes, records }] },
    model: null,
    warnings,
  });
}
