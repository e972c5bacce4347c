import { isoOf } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { shellWord } from '../../base/shell.ts';
import type { Horizon } from '../../base/units.ts';
import type { Close } from '../../data/books/close.ts';
import { modelIn } from '../../reader/tables/model-file.ts';
import { chosenModel, type Fitted } from '../../valuation/fit.ts';
import { rate } from '../option-values.ts';
import type { Pricing } from '../pricing.ts';
import { withSaved } from '../saved-model.ts';
import type { Notes } from '../say/notes.ts';
import type { Settings } from '../settings.ts';

/** What a close was made by, and what that is for the next one and for statements. */

/** Options whose values a close keeps. Those of a group belong together: where one is typed, none is taken from a close. */
const GROUPS = [
  ['--margin', '--margins'],
  ['--costs'],
  ['--by', '--segment-from'],
  ['--discount-rate'],
  ['--horizon'],
  ['--model', '--regularity', '--season', '--use-model', '--spend', '--spend-from'],
  ['--model-error'],
  ['--currency'],
] as const;

/** What a close was made by: the values of options under their long names. */
type Choices = Readonly<Record<string, string>>;

/** The values that a command keeps of what was typed, by the names of their attributes. */
type Typed = Readonly<Record<string, unknown>>;

function attributeOf(option: string): string {
  return option.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The options of a command with what was not typed as it was in a close, and that in words. */
export function asInClose<O extends Typed>(
  close: Close,
  options: O,
  typed: readonly string[],
): { readonly options: O; readonly words: string } {
  const choices = choicesIn(close);
  const taken = GROUPS.filter((group) => group.every((option) => !typed.includes(option)))
    .flat()
    .flatMap((option) => (choices[option] === undefined ? [] : [[option, choices[option]] as const]));
  return {
    options: { ...options, ...Object.fromEntries(taken.map(([option, value]) => [attributeOf(option), value])) },
    words: taken.map(([option, value]) => `${option} ${shellWord(value)}`).join(' '),
  };
}

function choicesIn({ choices }: Close): Choices {
  return JSON.parse(choices) as Choices;
}

/** What a valuation was made by, in full, as a close keeps it. @param horizon the span that customers were valued for */
export function choicesOf(options: Typed, settings: Settings, fitted: Fitted, horizon: Horizon): string {
  const own = (option: string): readonly [string, unknown] => [option, options[attributeOf(option)]];
  const chosen = chosenModel(fitted);
  const model =
    settings.saved === null
      ? [
          ['--model', chosen.model.name],
          ['--season', chosen.season],
          ['--spend', settings.spend.name],
        ]
      : [own('--use-model')];
  const values = [
    ...['--margin', '--margins', '--costs', '--by', '--segment-from', '--discount-rate'].map(own),
    ['--horizon', horizon.text],
    ...model,
    ['--spend-from', settings.spendFrom],
    ...['--model-error', '--currency'].map(own),
  ];
  return JSON.stringify(Object.fromEntries(values.filter(([, value]) => value !== undefined)));
}

/** What the customers of a close were valued by, in place of what they are to be valued by. */
export function settingsOfClose(close: Close, closing: Settings): Settings {
  const saved = modelIn(close.model, `close ${close.number}`);
  const text = choicesIn(close)['--discount-rate']!;
  return withSaved({ ...closing, discountRate: rate('--discount-rate', text, 'discount') }, saved);
}

/** E533 where a valuation is not like that of a close, so that no statement leads from the one to the other. */
export function checkLike(close: Close, settings: Settings, { by }: Pick<Pricing, 'by'>): void {
  const choices = choicesIn(close);
  const wanted = [
    ['the segmentation', '--by', by.join(', ') || 'none', close.by.join(', ') || 'none'],
    ['the transaction of the segment', '--segment-from', settings.segmentFrom, choices['--segment-from'] ?? 'last'],
    ['the currency', '--currency', settings.currency ?? 'not given', close.currency ?? 'not given'],
    ['the horizon', '--horizon', settings.horizon.text, choices['--horizon']!],
    ['the mean margin taken from', '--spend-from', settings.spendFrom, choices['--spend-from']!],
  ] as const;
  for (const [what, option, found, then] of wanted)
    if (found !== then) throw new ClvError('E533', { what, option, found, wanted: then, number: close.number });
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
