import type { ImportFormat } from './format.ts';
import { odsCsv } from './formats/ods-csv.ts';
import { odsSuccession } from './formats/ods-succession.ts';
import { onsLookup } from './formats/ons-lookup.ts';

/** Every format that `stood import` reads. Adding one is a file in `formats/` and a line here. */
export const FORMATS: readonly ImportFormat[] = [odsCsv, odsSuccession, onsLookup];
