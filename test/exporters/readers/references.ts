import type { Recovered } from './index.ts';

/** An entry of a bibliography as read back; absent fields are empty. */
export interface Entry {
  readonly id: string;
  readonly of: 'record' | 'answer' | 'milestone' | 'body' | 'source';
  readonly title: string;
  readonly [field: string]: string | undefined;
}

/** Which of ours an id is that of. */
export function kindOfId(id: string): Entry['of'] {
  if (id === 'as-it-stood') return 'record';
  if (id === 'as-it-stood/answer') return 'answer';
  if (id.startsWith('milestone/')) return 'milestone';
  return id.includes('/') ? 'body' : 'source';
}

/** Every fact that a bibliography holds. */
export function factsOfEntries(entries: readonly Entry[]): Recovered[] {
  const facts: Recovered[] = [];
  const say = (record: string, field: string, value: string | undefined) => {
    if (value) facts.push({ record, field, value });
  };
  for (const entry of entries) {
    if (entry.of === 'record') say('answer', 'answer.edition', entry.version);
    if (entry.of === 'answer') say('answer', 'answer.notes', entry.summary);
    if (entry.of === 'body') say(entry.id, 'name.value', entry.title);
    if (entry.of === 'milestone') {
      const milestone = entry.id.slice('milestone/'.length);
      say(milestone, 'milestone.title', entry.title);
      say(milestone, 'milestone.summary', entry.summary);
      say(milestone, 'milestone.themes', entry.keywords);
    }
    if (entry.of === 'source')
      for (const part of ['title', 'publisher', 'kind', 'url', 'published', 'accessed', 'licence', 'note'])
        say(entry.id, `source.${part}`, entry[part]);
  }
  return facts;
}
