import { AskedWrongly, type Machine } from '../machine/index.ts';
import { lessonsOf } from './lessons.ts';
import type { Ask } from './page.ts';
import type { Example } from './resource.ts';

/** The examples that name only what a record holds: they are of the record that is shipped, and another may have none of it. */
export async function fittingExamples(
  examples: readonly Example[],
  machine: Machine,
  ask: Ask,
): Promise<readonly Example[]> {
  const lessons = new Set(
    examples.some(({ path }) => path.startsWith('/lesson/'))
      ? (await lessonsOf(machine, ask)).map(({ lesson }) => lesson)
      : [],
  );
  return examples.filter(({ path }) => fits(path, machine, lessons));
}

/** True when a record holds everything that an example names. */
function fits(path: string, machine: Machine, lessons: ReadonlySet<string>): boolean {
  const [bare = '', search = ''] = path.split('?');
  const query = new URLSearchParams(search);
  const [first = '', ...rest] = bare.split('/').filter(Boolean);
  const named = [
    query.get('partOf'),
    query.get('about'),
    query.get('without'),
    ...(query.has('q') ? [] : [rest.join('/')]),
  ];
  if (first === 'lesson') return lessons.has(rest[0] ?? '');
  try {
    const milestone = first === 'reform' ? rest[0] : query.get('milestone');
    if (milestone && !machine.milestones().some((one) => one.milestone === milestone)) return false;
    const theme = query.get('theme');
    if (theme && !machine.milestones().some(({ themes }) => themes.includes(theme))) return false;
    if (first === 'count' || (first === 'why' && rest.length === 1)) machine.count(rest[0] ?? '', { at: '2020-06-01' });
    const events = first === 'event' || first === 'without';
    const things = first === 'body' || first === 'lineage' || (first === 'why' && rest.length > 1);
    for (const [place, id] of named.entries()) {
      if (!id || (place === 3 && !events && !things)) continue;
      if (place === 2 || (place === 3 && events)) machine.event(id);
      else machine.history(id);
    }
    return true;
  } catch (error) {
    if (error instanceof AskedWrongly) return false;
    throw error;
  }
}
