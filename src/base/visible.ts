/**
 * Characters of data that a terminal would obey or hide: control, bidi and other format characters, line separators,
 * whatever takes no space, private use and lone surrogates; a combining mark only at the start, where it would sit on
 * the text before it.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|^\p{M}/gu;
const PLAIN = /^[\x20-\x7e]*$/;

/** Text of data as it may be shown to a person: what cannot be seen stands as its escape, `\u{1b}`. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(UNSEEN, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
