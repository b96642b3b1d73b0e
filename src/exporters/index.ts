/**
 * The formats to take the record away in.
 * @module
 */
import type { Exporter } from './exporter.ts';
import { eacCpf } from './formats/eac-cpf.ts';
import { json } from './formats/json.ts';
import { jsonLd } from './formats/json-ld.ts';
import { linkedPlaces } from './formats/linked-places.ts';
import { popolo } from './formats/popolo.ts';
import { turtle } from './formats/turtle.ts';

export type { Column, Database, Exporter, Loss, LossReport, Output, Table } from './exporter.ts';
export { lossReport } from './exporter.ts';

/** Every format. Adding one is a file in `formats/` and a line here. */
export const EXPORTERS: readonly Exporter[] = [json, jsonLd, turtle, eacCpf, linkedPlaces, popolo];
