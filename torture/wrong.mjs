/** What a trial throws where clv did something wrong: a figure that is not right, an error without a code, something left behind. */
export class Wrong extends Error {}

/** @param {unknown} found @param {unknown} wanted */
export function same(what, found, wanted) {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) throw new Wrong(`${what}: ${cut(one)} instead of ${cut(other)}`);
}

export function holds(what, truth) {
  if (!truth) throw new Wrong(what);
}

function cut(text = 'undefined') {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
