import type { Output } from '../../../src/exporters/index.ts';
import { readBibtex } from './bibtex.ts';
import { readCslJson } from './csl-json.ts';
import { readCsv } from './csv.ts';
import { readDatapackage } from './datapackage.ts';
import { readEacCpf } from './eac-cpf.ts';
import { readJson } from './json.ts';
import { readLinkedPlaces } from './linked-places.ts';
import { readMarkdown } from './markdown.ts';
import { readNdjson } from './ndjson.ts';
import { readPopolo } from './popolo.ts';
import { readJsonLd, readTurtle } from './rdf.ts';
import { readRis } from './ris.ts';
import { readSqlite } from './sqlite.ts';

/** A fact as read back from an export. */
export interface Recovered {
  readonly record: string;
  readonly field: string;
  readonly value: string;
}

/** Reads an export with somebody else's reader, and tells every fact it finds there as it stands there. Throws when the reader refuses it. */
export type Reader = (output: Output) => Promise<readonly Recovered[]> | readonly Recovered[];

/** A reader for every format, by its name. */
export const READERS: Readonly<Record<string, Reader>> = {
  bibtex: readBibtex,
  'csl-json': readCslJson,
  csv: readCsv,
  'csv-excel': readCsv,
  datapackage: readDatapackage,
  json: readJson,
  markdown: readMarkdown,
  ndjson: readNdjson,
  ris: readRis,
  sqlite: readSqlite,
  'json-ld': readJsonLd,
  turtle: readTurtle,
  'eac-cpf': readEacCpf,
  'linked-places': readLinkedPlaces,
  popolo: readPopolo,
};

/** The text of an export that is one. */
export function textOf(output: Output): string {
  if (output.is !== 'text') throw new Error(`expected a text, not a ${output.is}`);
  return [...output.chunks].join('');
}
