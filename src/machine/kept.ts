import { FOREVER } from '../time/day.ts';
import { KINDS } from '../vocabulary/kinds.ts';
import { opened } from './cache.ts';
import type { Compiled } from './compile.ts';
import { createContext, viewThrough } from './context.ts';
import { counts } from './counting.ts';
import { AskedWrongly } from './errors.ts';
import { generationsOf } from './generations.ts';
import { tail } from './words.ts';

/** A compiled record with the answers that are worked out once for all who open it. */
export function withKept(compiled: Compiled): Compiled {
  // Nothing kept depends on the day; one after all others is in the coverage of no kind.
  const view = viewThrough(createContext(opened(compiled), () => FOREVER));
  const covered = new Set(compiled.header.coverage.map(({ of }) => tail(of)));
  try {
    const series = KINDS.filter(({ name }) => covered.has(name)).map(({ name }) => {
      const { from, to, counts: found } = counts(view)(name, { every: 'change' });
      return [name, { from, to, counts: found }] as const;
    });
    return { ...compiled, kept: { generations: generationsOf(view), series: Object.fromEntries(series) } };
  } catch (refused) {
    // A record with more changes than a series may tell opens as well: whoever asks for that series is refused.
    if (refused instanceof AskedWrongly) return compiled;
    throw refused;
  }
}
