/** Days as the formats of layouts write them, and read again by a look-up of their own. */
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const pad = (number) => String(number).padStart(2, '0');
const short = (year) => pad(year % 100);
const TIMES = ['', ' 10:15', ' 23:59:59'];

/** By format: how a day is written, and which times may stand behind it. */
export const DATES = {
  'YYYY-MM-DD': {
    write: (y, m, d) => `${y}-${pad(m)}-${pad(d)}`,
    times: [...TIMES, 'T23:30:00Z', ' 23:30:00 -0500', 'T00:10:00+02:00', ' 00:00:00 UTC'],
  },
  YYYYMMDD: { write: (y, m, d) => `${y}${pad(m)}${pad(d)}` },
  'MM/DD/YYYY': { write: (y, m, d) => `${pad(m)}/${pad(d)}/${y}`, times: [...TIMES, ' 10:15 PM'] },
  'DD/MM/YYYY': { write: (y, m, d) => `${pad(d)}/${pad(m)}/${y}`, times: TIMES },
  'DD.MM.YYYY': { write: (y, m, d) => `${pad(d)}.${pad(m)}.${y}` },
  'MM/DD/YY': { write: (y, m, d) => `${pad(m)}/${pad(d)}/${short(y)}` },
  'DD/MM/YY': { write: (y, m, d) => `${pad(d)}/${pad(m)}/${short(y)}` },
  'MMM DD, YYYY': { write: (y, m, d) => `${MONTHS[m - 1]} ${d}, ${y}` },
  'DD MMM YYYY': { write: (y, m, d) => `${d} ${MONTHS[m - 1]} ${y}` },
  'MMM-DD-YY': { write: (y, m, d) => `${MONTHS[m - 1]}-${pad(d)}-${short(y)}` },
  'DD-MMM-YY': { write: (y, m, d) => `${pad(d)}-${MONTHS[m - 1]}-${short(y)}` },
  DDMM: { write: (_, m, d) => `${pad(d)}${pad(m)}` },
};

export const writeDay = (format, year, month, day) => DATES[format].write(year, month, day);

/** A reading of days by looking them up among all that a format writes in so many years; null for any other text. */
export function dayReader(format, time, years) {
  const known = new Map();
  for (const year of years)
    for (let day = new Date(Date.UTC(year, 0, 1)); day.getUTCFullYear() === year; day.setUTCDate(day.getUTCDate() + 1))
      known.set(
        DATES[format].write(year, day.getUTCMonth() + 1, day.getUTCDate()) + time,
        day.toISOString().slice(0, 10),
      );
  return (text) => known.get(text) ?? null;
}
