import { shellWord } from './shell.ts';

/** One way to decide what an error leaves open: options that are typed together, and what comes of them where that is known. */
export interface Choice {
  readonly settings: readonly (readonly [option: string, value: string])[];
  readonly shows?: string;
}

/** A choice for each value of one option. */
export function choicesOf(option: string, values: readonly string[]): readonly Choice[] {
  return values.map((value) => ({ settings: [[option, value]] }));
}

/** What is typed for a choice, as it can be pasted, and what it shows in brackets. */
export function choiceText({ settings, shows }: Choice): string {
  const typed = settings.map(([option, value]) => `${option} ${shellWord(value)}`).join(' ');
  return shows === undefined ? typed : `${typed} (${shows})`;
}
