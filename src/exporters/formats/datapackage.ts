import { stringify } from 'csv-stringify/sync';
import type { Material } from '../../machine/index.ts';
import { RECORD } from '../citation.ts';
import { type Exporter, holding, type Table } from '../exporter.ts';
import { tablesOf } from '../tables.ts';

const TYPES = { text: 'string', integer: 'integer', real: 'number', date: 'date' } as const;

/** Plain CSV files that describe themselves: types, keys and what refers to what; nothing is lost. */
export const datapackage: Exporter = {
  name: 'datapackage',
  summary: 'A folder of CSV files with a descriptor (Data Package, Table Schema): types, keys, what refers to what',
  audience: 'data journalists, analysts, archives of data',
  extension: '',
  aliases: ['data-package', 'frictionless', 'table-schema'],
  mediaType: 'application/vnd.datapackage+json',
  conventions: {
    intervals: 'Half-open: “until” is the first day no longer; empty while no end is known of.',
    precision:
      'EDTF in *_edtf, as precise as known; the first and last day it can mean in *_earliest and *_latest. Cells are as the record has them, formula characters too: spreadsheets want csv-excel.',
  },
  holds: holding('kept', {}),
  write: (material) => ({ is: 'folder', files: filesOf(material) }),
};

function* filesOf(material: Material): Generator<{ readonly path: string; readonly text: string }> {
  const tables = tablesOf(material);
  yield { path: 'datapackage.json', text: `${JSON.stringify(descriptorOf(material, tables), null, 2)}\n` };
  for (const table of tables)
    yield {
      path: `${table.name}.csv`,
      text: stringify([
        table.columns.map(({ name }) => name),
        ...table.rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))),
      ]),
    };
}

function descriptorOf(material: Material, tables: readonly Table[]): object {
  const sources = material.sources.map(({ title, url }) => ({ title, ...(url ? { path: url } : {}) }));
  return {
    profile: 'tabular-data-package',
    name: 'as-it-stood',
    title: material.title,
    description: `${RECORD.title}: one answer of the record. A period ends before its “until”; no until, no end is known of. Outside of what the table coverage claims, no row means: not known.`,
    version: material.edition,
    licenses: [{ name: 'CC-BY-4.0', title: 'Creative Commons Attribution 4.0', path: RECORD.licence }],
    contributors: [{ title: RECORD.author, role: 'author' }],
    ...(sources.length > 0 ? { sources } : {}),
    resources: tables.map(resourceOf),
  };
}

function resourceOf({ name, summary, columns, key }: Table): object {
  const refers = columns.flatMap(({ name, refers }) =>
    refers ? [{ fields: name, reference: { resource: refers.table, fields: refers.column } }] : [],
  );
  return {
    profile: 'tabular-data-resource',
    name,
    path: `${name}.csv`,
    description: summary,
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    dialect: { delimiter: ',', lineTerminator: '\n', quoteChar: '"', doubleQuote: true, header: true },
    schema: {
      fields: columns.map(({ name, type, summary, required }) => ({
        name,
        type: TYPES[type],
        description: summary,
        ...(required ? { constraints: { required: true } } : {}),
      })),
      missingValues: [''],
      primaryKey: key,
      ...(refers.length > 0 ? { foreignKeys: refers } : {}),
    },
  };
}
