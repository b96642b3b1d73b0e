import type { Output } from '../../../src/exporters/index.ts';
import { readBibtex } from './bibtex.ts';
import { readCslJson } from './csl-json.ts';
import { readCsv } from './csv.ts';
import { readDatapackage } from './datapackage.ts';
import { readDot } from './dot.ts';
import { readEacCpf } from './eac-cpf.ts';
import { readGexf } from './gexf.ts';
import { readGraphml } from './graphml.ts';
import { readIcal } from './ical.ts';
import { readJson } from './json.ts';
import { readLinkedPlaces } from './linked-places.ts';
import { readMarkdown } from './markdown.ts';
import { readMermaid } from './mermaid.ts';
import { readNdjson } from './ndjson.ts';
import { readPopolo } from './popolo.ts';
import { readJsonLd, readTurtle } from './rdf.ts';
import { readRis } from './ris.ts';
import { readSqlite } from './sqlite.ts';
import { readSvg } from './svg.ts';
import { readTimelineJs } from './timelinejs.ts';

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
  dot: readDot,
  gexf: readGexf,
  graphml: readGraphml,
  ical: readIcal,
  json: readJson,
  mermaid: readMermaid,
  timelinejs: readTimelineJs,
  bibtex: readBibtex,
  'csl-json': readCslJson,
  csv: readCsv,
  'csv-excel': readCsv,
  datapackage: readDatapackage,
  markdown: readMarkdown,
  ndjson: readNdjson,
  ris: readRis,
  sqlite: readSqlite,
  'json-ld': readJsonLd,
  turtle: readTurtle,
  svg: readSvg,
  'eac-cpf': readEacCpf,
  'linked-places': readLinkedPlaces,
  popolo: readPopolo,
};

/** The text of an export that is one. */
export function textOf(output: Output): string {
  if (output.is !== 'text') throw new Error(`expected a text, not a ${output.is}`);
  return [...output.chunks].join('');
}
