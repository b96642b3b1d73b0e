import type { Page } from '../page.ts';
import { body } from './body.ts';
import { compare, correspondence } from './changes.ts';
import { at, home } from './landscape.ts';
import { lesson, lessons } from './lessons.ts';
import { count, lineage } from './lines.ts';
import { conflicts, error, event, kinds, record, sources, why, without } from './record.ts';
import { reform, reforms } from './reforms.ts';
import { find, timeline } from './telling.ts';

/** The page of each resource, by its name; `error` is the page of an address that has no answer. */
export const PAGES: Readonly<Record<string, Page>> = {
  home,
  at,
  compare,
  correspondence,
  body,
  lineage,
  reform,
  reforms,
  lesson,
  lessons,
  timeline,
  count,
  find,
  sources,
  conflicts,
  record,
  why,
  without,
  event,
  kinds,
  error,
};
