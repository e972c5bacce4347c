/**
 * Month words in lower case and without accents, full and short, by month. No word means one month here and another there. A
 * further language is a further line.
 */
const LANGUAGES = {
  en: 'january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct|november nov|december dec',
  de: 'januar janner jan|februar feber feb|marz maerz mrz mar|april apr|mai|juni jun|juli jul|august aug|september sept sep|oktober okt|november nov|dezember dez',
  fr: 'janvier janv jan|fevrier fevr fev|mars mar|avril avr|mai|juin|juillet juil|aout aou|septembre sept sep|octobre oct|novembre nov|decembre dec',
  es: 'enero ene|febrero febr feb|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago|septiembre setiembre sept sep set|octubre oct|noviembre nov|diciembre dic',
} as const;

const MONTHS = new Map(
  Object.values(LANGUAGES).flatMap((months) =>
    months.split('|').flatMap((words, i) => words.split(' ').map((word) => [word, i + 1] as const)),
  ),
);

/** The month (1 to 12) of a word in any case, with or without a point behind it; undefined when it is none. */
export function monthOf(word: string): number | undefined {
  return MONTHS.get(
    word
      .normalize('NFD')
      .replace(/\p{M}|\.$/gu, '')
      .toLowerCase(),
  );
}
