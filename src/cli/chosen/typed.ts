import { COMPARISONS, type Comparison } from '../../data/chosen/conditions.ts';
import { optionError } from '../option-values.ts';

/** A condition as it is typed: the name of a figure, a comparison and a value. */
export interface TypedCondition {
  readonly column: string;
  readonly comparison: Comparison;
  readonly value: string;
}

/** Conditions separated by commas; a value with a comma stands in quotes. E101. @param example that would do */
export function typedConditions(option: string, text: string, example: string): readonly TypedCondition[] {
  const parts = text.match(/(?:"(?:[^"]|"")*"|[^,"])+|(?<=,|^)(?=,|$)/g) ?? [''];
  return parts.map((part) => {
    const match = /^\s*([^<>=!]+?)\s*(<=|>=|!=|<|>|=)\s*(.*?)\s*$/s.exec(part);
    const comparison = COMPARISONS.find((one) => one === match?.[2]);
    if (!match || !comparison || match[3] === '') optionError(option, text, 'no comparison', { option, example });
    const value = match[3]!;
    const plain = /^".*"$/s.test(value) ? value.slice(1, -1).replaceAll('""', '"') : value;
    return { column: match[1]!, comparison, value: plain };
  });
}
