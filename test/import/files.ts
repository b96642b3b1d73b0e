import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Finding } from '../../src/import/format.ts';
import { FORMATS } from '../../src/import/index.ts';
import { knownRecord } from '../../src/import/known.ts';
import { runImport } from '../../src/import/run.ts';
import { recordOf } from '../record/shelf.ts';

const made: string[] = [];
afterEach(async () => {
  await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

export async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'as-it-stood-import-'));
  made.push(path);
  return path;
}

/** A file of this content; gone when the test is over. */
export async function fileOf(content: string | Uint8Array, name = 'file.csv'): Promise<string> {
  const path = join(await folder(), name);
  await writeFile(path, content);
  return path;
}

/** A row as ODS writes it: 27 columns, all in quotes. */
export function odsRow(code: string, name: string, opened: string, closed = '', grouping = '', geography = ''): string {
  const fields = Array.from({ length: 27 }, () => '');
  fields[0] = code;
  fields[1] = name;
  fields[2] = grouping;
  fields[3] = geography;
  fields[4] = '1 HIGH STREET';
  fields[9] = 'AB1 2CD';
  fields[10] = opened;
  fields[11] = closed;
  return fields.map((field) => `"${field}"`).join(',');
}

/** A small record of three groups, one merged in 2020, in a system of a region. */
export const RECORD = {
  'sources.yaml': 'a-source: { title: A source, publisher: Somebody, kind: register }\n',
  '2013-04-01-groups.yaml': `milestone: groups
title: Groups
summary: Groups.
recorded: 2026-11-21
events:
  - { id: groups/region, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: region/north, name: North of England, kind: nhs-region, codes: { ods: Y54, gss: E40000001 } }, sources: [a-source] }
  - { id: groups/darlington, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: ccg/darlington, name: NHS Darlington CCG, kind: clinical-commissioning-group, codes: { ods: 00C, gss: E38000042 } }, sources: [a-source] }
  - { id: groups/durham, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: ccg/north-durham, name: NHS North Durham CCG, kind: clinical-commissioning-group, codes: { ods: 00J, gss: E38000116 } }, sources: [a-source] }
  - { id: groups/tees, type: OrganisationEstablished, effective: 2020-04-01, alsoDated: [{ date: 2019-11-20, basis: operational }], data: { organisation: ccg/tees-valley, name: NHS Tees Valley CCG, kind: clinical-commissioning-group, codes: { ods: 16C, gss: E38000247 } }, sources: [a-source] }
  - { id: groups/system, type: OrganisationEstablished, effective: 2016-03-15, data: { organisation: system/north-east, name: Cumbria and North East, kind: system, codes: { gss: E54000049 } }, sources: [a-source] }
  - { id: groups/in-region, type: RelationshipBegan, effective: 2013-04-01, data: { relation: part-of, from: [ccg/darlington, ccg/north-durham], to: region/north }, sources: [a-source] }
  - { id: groups/in-system, type: RelationshipBegan, effective: 2016-03-15, data: { relation: part-of, from: ccg/darlington, to: system/north-east }, sources: [a-source] }
  - { id: groups/merged, type: OrganisationsReorganised, effective: 2020-04-01, data: { from: [ccg/darlington], to: [ccg/tees-valley], how: merger }, sources: [a-source] }
  - { id: groups/end, type: OrganisationAbolished, effective: 2020-04-01, data: { organisation: ccg/darlington }, sources: [a-source] }
`,
};

/** Imports a file over the small record; findings in short, and the drafted milestone. */
export async function imported(
  format: string,
  content: string | Uint8Array,
  options: { kind?: string; asAt?: string } = {},
) {
  const known = knownRecord(await recordOf(RECORD));
  const findings: Finding[] = [];
  let text = '';
  const chosen = FORMATS.find(({ name }) => name === format);
  if (chosen === undefined) throw new Error(format);
  const summary = await runImport({
    format: chosen,
    file: await fileOf(content),
    setting: { known, ...options },
    head: { slug: 'drafted', title: 'Imported: file.csv', recorded: '2026-11-21', source: 'a-source' },
    onFinding: (finding) => findings.push(finding),
    onText: (more) => {
      text += more;
    },
  });
  return { summary, text, findings: findings.map(({ kind, line, message }) => `${line ?? '-'} ${kind}: ${message}`) };
}

/** The drafted milestone as the record reads it, beside the small record. */
export async function readBack(text: string) {
  return recordOf({ ...RECORD, '2026-11-21-drafted.yaml': text });
}
