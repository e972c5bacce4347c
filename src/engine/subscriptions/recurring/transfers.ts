/** An amount of a segment. */
interface Part {
  readonly segment: string;
  readonly amount: bigint;
}

/**
 * What moves from segments that a customer loses in to those that he gains in, and what is left to be named: all of one sign.
 * Where he gains in one and loses in another, all that is lost is transferred, and the difference is booked where he is now.
 */
export function withTransfers(rest: ReadonlyMap<string, bigint>): {
  readonly transfers: readonly Part[];
  readonly left: readonly Part[];
} {
  const parts = [...rest].map(([segment, amount]) => ({ segment, amount })).filter(({ amount }) => amount !== 0n);
  const [gains, losses] = [parts.filter(({ amount }) => amount > 0n), parts.filter(({ amount }) => amount < 0n)];
  if (gains.length === 0 || losses.length === 0) return { transfers: [], left: parts };
  const transfers: Part[] = [...losses];
  const left: Part[] = [];
  let open = losses.reduce((sum, { amount }) => sum - amount, 0n);
  for (const [i, { segment, amount }] of gains.entries()) {
    const isLast = i === gains.length - 1;
    const taken = isLast || open < amount ? open : amount;
    open -= taken;
    transfers.push({ segment, amount: taken });
    if (amount !== taken) left.push({ segment, amount: amount - taken });
  }
  return { transfers, left };
}
