/**
 * The library: what the commands of clv are made of, in the order in which they use it. docs/library.md has an example of each.
 * Days are whole numbers since 1970-01-01, amounts whole units of 10^-4, values whole minor units of the currency; rates are
 * fractions a year. What is wrong with an input is raised as a `ClvError`, with a code, a place and values for its message.
 */

// The ground: exact decimals, days, and errors.

export { type Day, isoOf, parseIsoDay } from './base/calendar.ts';
export { Decimal } from './base/decimal.ts';
export { ClvError, type Place, type Warning } from './base/errors.ts';
export { messageText, warningText } from './base/message-text.ts';
export { unitsText } from './base/money.ts';
export { parseRate } from './base/rates.ts';
export { type Horizon, parseHorizon } from './base/units.ts';

// Reading: files into a sink, which a ledger is.

export type { Batch, ControlTotals, PlainFile, TransactionSink } from './data/transactions.ts';
export { bookTransactions } from './reader/book/transactions.ts';
export {
  type LoadResult,
  openTransactions,
  type ReadOptions,
  type Reject,
  type Transactions,
} from './reader/transactions.ts';

// The ledger: customers, their states and their money in a store that speaks SQL.

export type { CustomerBlock, Population, Totals } from './data/customers.ts';
export type { Cells, Factors, SpendStates, States } from './data/states.ts';
export { openDuckDB } from './ledger/duckdb/open.ts';
export type { Ledger } from './ledger/ledger.ts';
export type { LoadPlan, MarginPlan, RollUpPlan } from './ledger/plan.ts';
export { openStore } from './ledger/registry.ts';
export { readAudit } from './ledger/steps/audit.ts';
export { writeWorth } from './ledger/steps/contracts.ts';
export { readCustomer, readSighting } from './ledger/steps/customers.ts';

// Models: of buying, of spend, of contracts.

export { CONTRACT_MODELS, contractModel } from './models/contracts/registry.ts';
export type { SurvivalModel } from './models/contracts/survival.ts';
export { fitOrLimit } from './models/limits.ts';
export type { BuyingModel, Estimate, PurchaseWindow } from './models/model.ts';
export { BUYING_MODELS, buyingModel } from './models/registry.ts';
export { regularModel } from './models/regularity.ts';
export { SPEND_MODELS, type SpendModel, spendModel } from './models/spend/spend.ts';

// Figures that follow from a model and a rate.

export { cashRows, expectations, onlyState, ROW_PERIODS } from './engine/cash-flows.ts';
export { minorUnits, presentValue } from './engine/contracts/retention.ts';
export { ratePerPeriod, retentionPerPeriod, TIMINGS, type Timing } from './engine/contracts/timing.ts';
export { discountedPurchases, hasOneSteadyState, longRun, moved } from './engine/switching.ts';
export { paybackDays } from './engine/what-if.ts';

// The valuation: fit, value, intervals; between two dates; against a holdout; under other assumptions; of contracts.

export { tryModels } from './valuation/backtest/trials.ts';
export { valueContracts } from './valuation/contracts/value.ts';
export { type Fitted, type FittedCustomers, fitModels } from './valuation/fit.ts';
export type { GroupNote, Intervals, ModelError, ModelNote, SpendNote } from './valuation/found.ts';
export { compareDates } from './valuation/ladder/between.ts';
export { Fits } from './valuation/ladder/fits.ts';
export { modelErrorOf, originsOf } from './valuation/model-error.ts';
export { reconcile } from './valuation/reconcile.ts';
export { modelsOf, reuse } from './valuation/saved-model.ts';
export { valueSurvivors } from './valuation/survivors/value.ts';
export { prospectValue, valueCustomers, windowOf } from './valuation/value.ts';
export { type ModelErrorKind, type Say, type Valuing, valuing } from './valuation/valuing.ts';
export { tryScenarios } from './valuation/whatif/trials.ts';

// Reports and formats: figures as exact text, then as JSON, CSV, a table.

export { listOf } from './data/lists.ts';
export type { Cell, Column, Report, Section, View } from './data/report.ts';
export { customersSection } from './report/customers.ts';
export type { Format, FormatOptions } from './reporter/format.ts';
export { FORMATS, formatNamed } from './reporter/registry.ts';
