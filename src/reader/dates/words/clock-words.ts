/** Words of AM and PM, before or behind the time. Those that are letters of one alphabet with points may have blanks too. */
const HALVES: readonly { readonly is: 'AM' | 'PM'; readonly words: string }[] = [
  {
    is: 'AM',
    words:
      'am|a.m.|a.m|오전|上午|午前|凌晨|清晨|早上|ከጥዋት|ص|pg|öö|дп|dop.|f.h.|fm|ap.|vm.|sa|π.μ.|πμ|ق.ظ.|priekšp.|priešpiet|ү.ө.',
  },
  {
    is: 'PM',
    words:
      'pm|p.m.|p.m|오후|下午|午後|中午|晚上|ከሰዓት|م|ptg|ös|пп|odp.|pop.|e.h.|em|ip.|nm.|ch|μ.μ.|μμ|ب.ظ.|pēcp.|popiet|ү.х.',
  },
];
/** Between a date and its time. */
const BETWEEN =
  'klo|kello|à|às|as|a las|a les|at|um|om|alle ore|alle|ore|kl.|kl|la|pukul|jam|pada|lúc|เวลา|о|в|v|o|u|ob|kell|στις|في|בשעה|ساعت|को|এ|அன்று|کو|nang|saa|godz.|во|у|në|lúc';
/** Behind a time. */
const BEHIND = 'uhr|hs.|hs|hrs.|hrs|h.|h|ч.|ч|น.|год.|बजे|godz.';

const pattern = (words: string): string =>
  words
    .split('|')
    .sort((a, b) => b.length - a.length)
    .map((word) =>
      word
        .replace(/\.(?=.)/g, '. ')
        .replace(/\./g, '\\.')
        .replace(/ /g, ' ?'),
    )
    .join('|');

const HALF = `(?:${HALVES.map(({ words }) => pattern(words)).join('|')})`;
const SECOND = '(?:(?:[:.]| ?min ?)(\\d{2})(?: ?s)?([.,]\\d{1,9})?)?';
const time = (marks: string): string =>
  `(?:(${HALF}) ?)?(\\d{1,2})(?:${marks}| ?h ?)(\\d{2})${SECOND}(?: ?(${HALF}))?(?: ?(?:${pattern(BEHIND)}))?`;
const ZONE = '( ?(?:Z|(?:UTC|GMT)?[+-]\\d{2}(?::?\\d{2})?|(?:UTC|GMT)[+-]\\d| [A-Z]{3,5}))?';
const LAST = new RegExp(`^(.*?[^ ,،])(?:[,،] ?| )(?:(?:${pattern(BETWEEN)}) )?${time('[:.]')}${ZONE}$`, 'iu');
const FIRST = new RegExp(`^(?:(?:${pattern(BETWEEN)}) )?${time(':')}(?:[,،] ?| )(.*\\d.*)$`, 'iu');

/** `15.01.24 16.01.24` may be two dates as well. */
const TWO_DATES = /\.\d{2} \d{1,2}\.\d{2}\.\d{2}$/;

/** A text of a date and a time, as `timeOf` reads it: `DATE h:mm:ss AM`. Null where no time is found. */
export function plainTime(text: string): { readonly date: string; readonly time: string } | null {
  const last = LAST.exec(text);
  if (TWO_DATES.test(text)) return null;
  if (last) {
    const [, date, before, hour, minute, second, fraction, after, zone = ''] = last;
    const clock = clockOf([hour, minute, second, fraction], before, after);
    return clock === null ? null : { date: date!, time: clock + zone };
  }
  const first = FIRST.exec(text);
  if (!first) return null;
  const [, before, hour, minute, second, fraction, after, date] = first;
  const clock = clockOf([hour, minute, second, fraction], before, after);
  return clock === null ? null : { date: date!, time: clock };
}

/** Null where AM or PM is said twice. */
function clockOf(
  [hour, minute, second, fraction = '']: readonly (string | undefined)[],
  before: string | undefined,
  after: string | undefined,
): string | null {
  if (before !== undefined && after !== undefined) return null;
  const half = before ?? after;
  const seconds = second === undefined ? '' : `:${second}${fraction}`;
  return `${hour}:${minute}${seconds}${half === undefined ? '' : ` ${halfOf(half)}`}`;
}

function halfOf(word: string): 'AM' | 'PM' {
  const plain = squeezed(word);
  return HALVES.find(({ words }) => words.split('|').some((one) => squeezed(one) === plain))!.is;
}

function squeezed(word: string): string {
  return word.toLowerCase().replace(/[ .]/g, '');
}
