import { coldStart } from './cold-start.ts';
import { engines } from './engines.ts';
import { eventstoredb } from './eventstoredb.ts';
import { exportsSection } from './exports.ts';
import { http } from './http.ts';
import { live } from './live.ts';
import { recordLoad } from './record-load.ts';
import { rekeySection } from './rekey.ts';
import type { Section } from './section.ts';
import { storeSection } from './store.ts';

/** Every section, in the order of the report. */
export const SECTIONS: readonly Section[] = [
  engines,
  recordLoad,
  coldStart,
  exportsSection,
  rekeySection,
  storeSection,
  eventstoredb,
  live,
  http,
];
