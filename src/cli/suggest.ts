/** The known word nearest to what was typed, when one is near enough to have been meant. */
export function nearest(typed: string, known: Iterable<string>): string | undefined {
  const wanted = typed.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length * 0.4)) + 1;
  for (const word of known) {
    const distance = editDistance(wanted, word.toLowerCase(), least);
    if (distance < least) [best, least] = [word, distance];
  }
  return best ?? (wanted.length > 2 ? [...known].find((word) => word.toLowerCase().includes(wanted)) : undefined);
}

/** `did you mean “on”?`, or nothing. */
export function didYouMean(typed: string, known: Iterable<string>): string | undefined {
  const word = nearest(typed, known);
  return word === undefined ? undefined : `did you mean “${word}”?`;
}

/** Damerau-Levenshtein (optimal string alignment): letters added, lost, changed or swapped with a neighbour; stops at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? limit;
}
