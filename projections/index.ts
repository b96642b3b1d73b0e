import { areas } from './areas.ts';
import { codes } from './codes.ts';
import type { Projection } from './define.ts';
import { discourse } from './discourse.ts';
import { figures } from './figures.ts';
import { functions } from './functions.ts';
import { landscape } from './landscape.ts';
import { law } from './law.ts';
import { lineage } from './lineage.ts';
import { plans } from './plans.ts';
import { relationships } from './relationships.ts';
import { requirements } from './requirements.ts';
import { status } from './status.ts';

/** Every projection. Adding one is a file beside this one and a line here. */
export const PROJECTIONS: readonly Projection[] = [
  landscape,
  codes,
  relationships,
  areas,
  functions,
  status,
  lineage,
  law,
  plans,
  requirements,
  figures,
  discourse,
];
