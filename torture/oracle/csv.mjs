/** A reader of CSV and of money that shares nothing with the product: RFC 4180 by one look at a time, money as whole 10^-4. */

/**
 * Records of a text, each with the number of its first line, and where its fields begin (behind quotes); null where a quote is out
 * of place or never closed.
 */
export function recordsOf(text, delimiter) {
  const records = [];
  let [field, fields, line, begun] = ['', [], 1, 1];
  let [starts, at] = [[], 0];
  let state = 'start';
  const close = () => {
    fields.push(field);
    starts.push(at);
    field = '';
  };
  const end = () => {
    close();
    if (fields.length > 1 || fields[0] !== '') records.push({ fields, line: begun, starts });
    [fields, starts] = [[], []];
  };
  for (let i = 0; i <= text.length; i++) {
    const letter = text[i];
    if (state === 'quoted') {
      if (letter === undefined) return null;
      if (letter === '"' && text[i + 1] === '"') {
        field += '"';
        i++;
      } else if (letter === '"') state = 'closed';
      else {
        field += letter;
        if (letter === '\n' || (letter === '\r' && text[i + 1] !== '\n')) line++;
      }
    } else if (letter === undefined) end();
    else if (letter === delimiter) {
      close();
      state = 'start';
      at = i + 1;
    } else if (letter === '\r' || letter === '\n') {
      if (letter === '\r' && text[i + 1] === '\n') i++;
      end();
      line++;
      [state, begun, at] = ['start', line, i + 1];
    } else if (letter === '"') {
      if (state !== 'start') return null;
      state = 'quoted';
      at = i + 1;
    } else {
      if (state === 'closed') return null;
      field += letter;
      state = 'plain';
    }
  }
  return records;
}

/** The line and the column of an offset, from 1, in characters. */
export function placeIn(text, offset) {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: [...before.at(-1).replace(/^\ufeff/, '')].length + 1 };
}

/** Canonical money as whole 10^-4; null for any other text. */
export function unitsOf(text) {
  const match = /^(-?)(\d{1,14})(?:\.(\d{1,4}))?$/.exec(text.trim());
  if (!match) return null;
  const units = BigInt(match[2]) * 10_000n + BigInt((match[3] ?? '').padEnd(4, '0'));
  return match[1] ? -units : units;
}

/** Whether a text is a day that exists. */
export function isDay(text) {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text.trim());
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number);
  const lengths = [
    31,
    year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
  ];
  return year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= lengths[month - 1];
}

/** Money of the JSON of clv, which is a number written from exact text. */
export function moneyIn(json, path) {
  const match = new RegExp(`${path.map((name) => `"${name}":[\\s\\S]*?`).join('')}(-?\\d+(?:\\.\\d+)?)`).exec(json);
  return match ? unitsOf(match[1]) : null;
}
