/**
 * The candidate nearest to a mistyped word, or undefined when none is near enough to be meant.
 * Distance: Damerau-Levenshtein with adjacent transpositions (optimal string alignment).
 */
export function nearest(word: string, among: Iterable<string>): string | undefined {
  const candidates = [...among];
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(Math.min(wanted.length, 40) / 3)) + 1;
  if (wanted.length > 100) return undefined;
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    if (Math.abs(other.length - wanted.length) >= bestDistance) continue;
    const distance = distanceBetween(wanted, other, bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? tailMatch(wanted, candidates);
}

/** `did you mean …?`, or undefined when nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const found = nearest(word, candidates);
  return found === undefined ? undefined : `did you mean ${found}?`;
}

/** Hints for many words: each is looked for once, and after two hundred the fallback must do, since looking is slow. */
export function hints(fallback: string): (word: string, candidates: () => Iterable<string>) => string {
  const found = new Map<string, string>();
  return (word, candidates) => {
    const known = found.get(word);
    if (known !== undefined || found.size >= 200) return known ?? fallback;
    const hint = didYouMean(word, candidates()) ?? fallback;
    found.set(word, hint);
    return hint;
  };
}

/** An id without its family (`devon` for `icb/devon`) is meant when only one ends so. */
function tailMatch(word: string, candidates: Iterable<string>): string | undefined {
  const tail = `/${word.slice(word.lastIndexOf('/') + 1)}`;
  let found: string | undefined;
  for (const candidate of candidates) {
    if (!candidate.endsWith(tail)) continue;
    if (found !== undefined) return undefined;
    found = candidate;
  }
  return found;
}

/** Stops counting at `limit`. */
function distanceBetween(a: string, b: string, limit: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let value = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
      ) {
        value = Math.min(value, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(value);
      least = Math.min(least, value);
    }
    if (least >= limit) return limit;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit;
}
