import { isoOf } from '../../base/calendar.ts';
import type { Decimal } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { shellWord } from '../../base/shell.ts';
import type { Horizon } from '../../base/units.ts';
import type { Close } from '../../data/books/close.ts';
import type { SavedContracts } from '../../data/saved-model.ts';
import { buyingModel } from '../../models/registry.ts';
import { contractModelIn, modelIn } from '../../reader/tables/model-file.ts';
import { chosenOf, type Fitted, holding } from '../../valuation/fit.ts';
import { columns, rate } from '../option-values.ts';
import type { Pricing } from '../pricing.ts';
import { withSaved } from '../saved-model.ts';
import type { Notes } from '../say/notes.ts';
import type { Settings } from '../settings.ts';
import { marginsIn, sameMargins } from './margins-taken.ts';

/** What a close was made by, and what that is for the next one and for statements. */

/** Options whose values a close keeps. Those of a group belong together: where one is typed, none is taken from a close. */
const GROUPS = [
  ['--margin', '--margins'],
  ['--costs'],
  ['--by', '--segment-from'],
  ['--discount-rate'],
  ['--horizon'],
  ['--model', '--opportunity', '--regularity', '--season', '--use-model', '--spend', '--spend-from', '--retention'],
  ['--model-error'],
  ['--currency'],
  ['--contract', '--plan', '--subscription', '--one-off', '--period-start', '--period-end-column', '--period-end'],
  ['--grace'],
  ['--value-at', '--price-book'],
  ['--retention-cost', '--retention-cost-timing'],
  ['--timing'],
  ['--growth'],
  ['--fit-by', '--pool-small'],
] as const;

/** What is given or not, without a value; a close keeps an empty text. */
const FLAG = '--pool-small';

/** What a close was made by: the values of options under their long names. */
type Choices = Readonly<Record<string, string>>;

/** The values that a command keeps of what was typed, by the names of their attributes. */
type Typed = Readonly<Record<string, unknown>>;

function attributeOf(option: string): string {
  return option.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** What a command is to do, with what was not typed as it was in a close. */
export interface Taken<O> {
  readonly options: O;
  /** The long names of the options that were typed or taken. */
  readonly named: readonly string[];
  /** What was taken, as it would be typed. */
  readonly words: string;
}

/** The options of a command with what was not typed as it was in a close; null: there is none. */
export function asInClose<O extends Typed>(close: Close | null, options: O, typed: readonly string[]): Taken<O> {
  if (close === null) return { options, named: typed, words: '' };
  const choices = choicesIn(close);
  const taken = GROUPS.filter((group) => group.every((option) => !typed.includes(option)))
    .flat()
    .flatMap((option) => (choices[option] === undefined ? [] : [[option, choices[option]] as const]));
  return {
    options: {
      ...options,
      ...Object.fromEntries(taken.map(([option, value]) => [attributeOf(option), option === FLAG || value])),
    },
    named: [...typed, ...taken.map(([option]) => option)],
    words: taken.map(([option, value]) => (option === FLAG ? option : `${option} ${shellWord(value)}`)).join(' '),
  };
}

function choicesIn({ choices }: Close): Choices {
  return JSON.parse(choices) as Choices;
}

/**
 * What a valuation was made by, in full, as a close keeps it. Groups for which several models were chosen are to choose among
 * them again: each of those that the close knows takes its own (`heldFrom`).
 * @param horizon the span that customers were valued for
 */
export function choicesOf(options: Typed, settings: Settings, groups: readonly Fitted[], horizon: Horizon): string {
  const own = ownOf(options);
  const chosen = holding(settings, chosenOf(groups));
  const model: readonly (readonly [string, unknown])[] =
    settings.saved === null
      ? [
          ['--model', chosen.model.name],
          ['--opportunity', settings.opportunity?.text],
          ['--season', chosen.season],
          ['--spend', settings.spend.name],
        ]
      : [own('--use-model')];
  return choicesText([
    ...OF_ANY.map(own),
    ['--horizon', horizon.text],
    ...model,
    ['--spend-from', settings.spendFrom],
    ...LAST_OF_ANY.map(own),
    own('--fit-by'),
    ...(options['poolSmall'] === true ? [[FLAG, ''] as const] : []),
  ]);
}

/** Options of purchases and of subscriptions alike that are kept as they stand. */
const OF_ANY = ['--margin', '--margins', '--costs', '--by', '--segment-from', '--discount-rate'];
const LAST_OF_ANY = ['--model-error', '--currency'];

/** What two closes of subscriptions must have alike. */
const OF_CONTRACTS = {
  '--contract': 'the length of the plans',
  '--plan': 'the column of the plan',
  '--subscription': 'the column of the subscription',
  '--one-off': 'what does not recur',
  '--period-start': 'the column of the first day of service',
  '--period-end-column': 'the column of the end of service',
  '--period-end': 'what the end of service is',
  '--grace': 'the grace',
  '--value-at': 'what a period brings',
  '--price-book': 'the file of prices',
  '--retention-cost': 'the cost of keeping a customer',
  '--retention-cost-timing': 'when that cost comes',
  '--timing': 'when payments fall',
  '--growth': 'the growth of the margin',
  '--fit-by': 'what has models of its own',
};

/** What a valuation of subscriptions was made by, in full, as a close keeps it. @param model that was asked for */
export function contractChoicesOf(options: Typed, { horizon }: Pick<Settings, 'horizon'>, model: string): string {
  const own = ownOf(options);
  return choicesText([
    ...[...OF_ANY, ...Object.keys(OF_CONTRACTS)].map(own),
    ['--horizon', horizon.text],
    ...LAST_OF_ANY.map(own),
    ...(options['useModel'] === undefined ? [['--model', model] as const, own('--retention')] : [own('--use-model')]),
  ]);
}

function ownOf(options: Typed): (option: string) => readonly [string, unknown] {
  return (option) => [option, options[attributeOf(option)]];
}

function choicesText(values: readonly (readonly [string, unknown])[]): string {
  return JSON.stringify(Object.fromEntries(values.filter(([, value]) => value !== undefined)));
}

/** What subscriptions of a close were valued by: the models, and the discount rate. */
export function contractsOfClose(close: Close): { readonly saved: SavedContracts; readonly discountRate: Decimal } {
  return {
    saved: contractModelIn(close.model, `close ${close.number}`),
    discountRate: rate('--discount-rate', choicesIn(close)['--discount-rate']!, 'discount'),
  };
}

/** The settings with the models that a close chose for each of its groups, where the choice is not made again. */
export function heldFrom(
  close: Close | null,
  settings: Settings,
  typed: readonly string[],
  { named }: Pick<Taken<unknown>, 'named'>,
): Settings {
  const taken = named.includes('--model') && !typed.includes('--model');
  if (close === null || !taken || !settings.model.whenOne) return settings;
  const { groups } = modelIn(close.model, `close ${close.number}`);
  if (groups.length === 0) return settings;
  const { season } = settings;
  const chosen = groups.map(({ name, own, limitOf }) => ({ name, season, model: buyingModel(limitOf ?? own.name)! }));
  return { ...settings, held: chosen };
}

/** What the customers of a close were valued by, in place of what they are to be valued by. */
export function settingsOfClose(close: Close, closing: Settings): Settings {
  const saved = modelIn(close.model, `close ${close.number}`);
  const text = choicesIn(close)['--discount-rate']!;
  return withSaved({ ...closing, discountRate: rate('--discount-rate', text, 'discount') }, saved);
}

/** E533 where a valuation is not like that of a close, so that no statement leads from the one to the other. */
export function checkLike(close: Close, settings: Settings, pricing: Pick<Pricing, 'by' | 'fitBy'>): void {
  const then = choicesIn(close);
  const [fitBy, own] = [then['--fit-by'], pricing.fitBy.join(', ')];
  mustBeLike(close, [
    ['what is valued', '--contract', 'purchases', then['--contract'] === undefined ? 'purchases' : 'subscriptions'],
    ...alikeOfAny(close, settings, pricing),
    ['the mean margin taken from', '--spend-from', settings.spendFrom, then['--spend-from']!],
    ['what is counted', '--model', countedText(settings.opportunity?.text), countedText(then['--opportunity'])],
    ['what has models of its own', '--fit-by', own, fitBy === undefined ? own : columns('--fit-by', fitBy).join(', ')],
  ]);
}

function countedText(opportunity: string | undefined): string {
  return opportunity === undefined ? 'purchases' : `occasions of ${opportunity}`;
}

/** The same of subscriptions: what is expected of a payment, and margins, are one for both dates. */
export function checkContractsLike(
  close: Close,
  options: Typed,
  settings: Settings,
  { by, margins, margin }: Pick<Pricing, 'by' | 'margins' | 'margin'>,
): void {
  const then = choicesIn(close);
  const now = (option: string): string => String(options[attributeOf(option)] ?? NOT_GIVEN);
  const before = marginsIn(close.margins);
  mustBeLike(close, [
    ['what is valued', '--contract', 'subscriptions', then['--contract'] === undefined ? 'purchases' : 'subscriptions'],
    ...Object.entries(OF_CONTRACTS).map(
      ([option, what]) => [what, option, now(option), then[option] ?? NOT_GIVEN] as const,
    ),
    ...alikeOfAny(close, settings, { by }),
    ['what is taken as margin', '--margin', margin, sameMargins(before, margins) ? margin : 'another'],
  ]);
}

const NOT_GIVEN = 'not given';

type Alike = readonly [what: string, option: string, found: string, wanted: string];

function alikeOfAny(close: Close, settings: Settings, { by }: Pick<Pricing, 'by'>): readonly Alike[] {
  const then = choicesIn(close);
  return [
    ['the segmentation', '--by', by.join(', ') || 'none', close.by.join(', ') || 'none'],
    ['the transaction of the segment', '--segment-from', settings.segmentFrom, then['--segment-from'] ?? 'last'],
    ['the currency', '--currency', settings.currency ?? NOT_GIVEN, close.currency ?? NOT_GIVEN],
    ['the horizon', '--horizon', settings.horizon.text, then['--horizon']!],
  ];
}

function mustBeLike(close: Close, alike: readonly Alike[]): void {
  for (const [what, option, found, wanted] of alike)
    if (found !== wanted) throw new ClvError('E533', { what, option, found, wanted, number: close.number });
}

/** What was taken as margin at a close, in words that tell it from what is taken now. */
export function openingMarginText({ margin, openingMargin }: Pricing, close: Close | null): string {
  if (openingMargin === null) return margin;
  return close && openingMargin === margin ? `${openingMargin}, as they were in close ${close.number}` : openingMargin;
}

/** Tells which close a statement opens with, and what was not typed and is as it was there. */
export function sayClose({ number, asOf }: Close, words: string, notes: Notes): void {
  notes.say(`the opening is close ${number}, as of ${isoOf(asOf)}, as it was reported`);
  if (words !== '') notes.say(`as in close ${number}: ${words}`);
}
