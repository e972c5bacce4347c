/**
 * Words for a zone behind a time, by their minutes ahead of UTC. Those of North America mean North America. Names: the
 * abbreviations of the tz database, and the German ones of Central Europe.
 */
const MINUTES: Readonly<Record<string, number>> = {
  ...hours(0, 'Z UTC UT GMT WET'),
  ...hours(-10, 'HST'),
  ...hours(-9, 'AKST'),
  ...hours(-8, 'PST AKDT'),
  ...hours(-7, 'MST PDT'),
  ...hours(-6, 'MDT'),
  ...hours(-5, 'EST CDT'),
  ...hours(-4, 'EDT'),
  ...hours(1, 'CET MEZ WEST WAT'),
  ...hours(2, 'CEST MESZ EET CAT SAST'),
  ...hours(3, 'EEST MSK EAT'),
  ...hours(5, 'PKT'),
  ...hours(7, 'WIB'),
  ...hours(8, 'HKT AWST WITA'),
  ...hours(9, 'JST KST'),
  ...hours(9.5, 'ACST'),
  ...hours(10, 'AEST'),
  ...hours(10.5, 'ACDT'),
  ...hours(11, 'AEDT'),
  ...hours(12, 'NZST'),
  ...hours(13, 'NZDT'),
};

/** Minutes ahead of UTC; null for a word that is unknown, or means several zones: CST, BST, IST, AST and their like. */
export function minutesAhead(word: string): number | null {
  return MINUTES[word.toUpperCase()] ?? null;
}

function hours(ahead: number, words: string): Record<string, number> {
  return Object.fromEntries(words.split(' ').map((word) => [word, ahead * 60]));
}
