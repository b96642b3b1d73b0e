/**
 * The formats to take the record away in.
 * @module
 */
import type { Exporter } from './exporter.ts';
import { bibtex } from './formats/bibtex.ts';
import { cslJson } from './formats/csl-json.ts';
import { csv, csvExcel } from './formats/csv.ts';
import { datapackage } from './formats/datapackage.ts';
import { eacCpf } from './formats/eac-cpf.ts';
import { json } from './formats/json.ts';
import { jsonLd } from './formats/json-ld.ts';
import { linkedPlaces } from './formats/linked-places.ts';
import { markdown } from './formats/markdown.ts';
import { ndjson } from './formats/ndjson.ts';
import { popolo } from './formats/popolo.ts';
import { ris } from './formats/ris.ts';
import { sqlite } from './formats/sqlite.ts';
import { turtle } from './formats/turtle.ts';

export type { Column, Database, Exporter, Loss, LossReport, Output, Table } from './exporter.ts';
export { lossReport } from './exporter.ts';

/** Every format. Adding one is a file in `formats/` and a line here. */
export const EXPORTERS: readonly Exporter[] = [
  csv,
  csvExcel,
  json,
  ndjson,
  markdown,
  sqlite,
  datapackage,
  jsonLd,
  turtle,
  eacCpf,
  linkedPlaces,
  popolo,
  bibtex,
  cslJson,
  ris,
];
