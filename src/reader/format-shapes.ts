const SHAPE =
  /^(\d{1,4}|\p{L}[\p{L}\p{M}]*)([^\p{L}\p{N}]+)(\d{1,4}|\p{L}[\p{L}\p{M}]*)([^\p{L}\p{N}]+)(\d{1,4})([^\p{L}\p{N}]*)$/u;
const ORDERS = [
  ['DD', 'MM', 'YY'],
  ['MM', 'DD', 'YY'],
  ['YY', 'MM', 'DD'],
] as const;

/** Names of formats with the separators of a date, in the orders of the world; none when it has not three fields. */
export function formatsLike(date: string): readonly string[] {
  const match = SHAPE.exec(date);
  if (!match) return [];
  const fields = [match[1]!, match[3]!, match[5]!];
  const separators = [match[2]!, match[4]!, match[6]!];
  return ORDERS.map((order) =>
    order
      .map((word, i) => {
        const [field, separator] = [fields[i]!, separators[i]!.replace(/\s+/g, ' ')];
        if (word === 'YY') return `${field.length === 4 ? 'YYYY' : 'YY'}${separator}`;
        // A point behind the word of a month may stand there or not.
        return word === 'MM' && !/\d/.test(field) ? `MMM${separator.replace(/^\.(?= )/, '')}` : word + separator;
      })
      .join(''),
  );
}
