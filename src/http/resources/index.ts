import type { Resource } from '../resource.ts';
import { describing } from './api.ts';
import { at } from './at.ts';
import { body } from './body.ts';
import { compare } from './compare.ts';
import { conflicts } from './conflicts.ts';
import { correspondence } from './correspondence.ts';
import { count } from './count.ts';
import { england } from './england.ts';
import { event } from './event.ts';
import { find } from './find.ts';
import { home } from './home.ts';
import { kinds } from './kinds.ts';
import { lesson } from './lesson.ts';
import { lessons } from './lessons.ts';
import { lineage } from './lineage.ts';
import { record } from './record.ts';
import { reform } from './reform.ts';
import { reforms } from './reforms.ts';
import { sources } from './sources.ts';
import { timeline } from './timeline.ts';
import { why } from './why.ts';
import { without } from './without.ts';

const ANSWERING: readonly Resource[] = [
  home,
  compare,
  at,
  body,
  lineage,
  england,
  correspondence,
  timeline,
  reform,
  reforms,
  lesson,
  lessons,
  count,
  why,
  without,
  find,
  event,
  sources,
  conflicts,
  kinds,
  record,
];

/** Every resource, in the order in which paths are tried. Adding one is a file in this folder and a line above. */
export const RESOURCES: readonly Resource[] = [...ANSWERING, describing(ANSWERING)];
