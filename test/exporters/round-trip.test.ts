import { readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { RECORD } from '../../src/exporters/citation.ts';
import { factsOf } from '../../src/exporters/facts.ts';
import { csv, csvExcel } from '../../src/exporters/formats/csv.ts';
import { json } from '../../src/exporters/formats/json.ts';
import { ndjson } from '../../src/exporters/formats/ndjson.ts';
import { sqlite } from '../../src/exporters/formats/sqlite.ts';
import { type Exporter, lossReport } from '../../src/exporters/index.ts';
import { referencesOf } from '../../src/exporters/references.ts';
import { type Material, openRecord } from '../../src/machine/index.ts';
import { anyMaterial } from './materials.ts';
import { plainCell, readCsv } from './readers/csv.ts';
import { type Reader, textOf } from './readers/index.ts';
import { materialOfLines } from './readers/ndjson.ts';
import { readSqlite } from './readers/sqlite.ts';
import { storyMaterial } from './story.ts';

describe('what comes back', () => {
  it('is the material itself, from json and from ndjson, whatever is in it', () => {
    fc.assert(
      fc.property(anyMaterial, (material) => {
        const plain = JSON.parse(JSON.stringify(material));
        expect(JSON.parse(textOf(json.write(material)))).toEqual(plain);
        expect(materialOfLines(textOf(ndjson.write(material)))).toEqual(plain);
      }),
      { numRuns: 50 },
    );
  });

  const key = ({ record, field, value }: { record: string; field: string; value: string }) =>
    `${record}\n${field}\n${value}`;

  /** The facts that came back, and those the report names, together are all there were. */
  async function accounted(exporter: Exporter, read: Reader, material: Material): Promise<void> {
    const back = (await read(exporter.write(material))).map(key);
    const there = factsOf(material).map(key);
    const { losses } = lossReport(exporter, material);
    const lost = new Set(losses.map(({ record, field, was }) => key({ record, field, value: was })));
    const found = new Set(back);
    expect(there.filter((fact) => !found.has(fact) && !lost.has(fact))).toEqual([]);
    // Nothing comes back that was not there, but for what the report says became something else.
    const were = new Set(there);
    const became = new Set(losses.map(({ record, field }) => `${record}\n${field}`));
    expect(back.filter((fact) => !were.has(fact) && !became.has(fact.split('\n').slice(0, 2).join('\n')))).toEqual([]);
  }

  let whole: Material;
  beforeAll(async () => {
    whole = (await openRecord()).material({ recordedBy: '2026-11-21' });
  });

  it('is every fact of the whole record from sqlite, and none besides', async () => {
    const back = (await readSqlite(sqlite.write(whole))).map(key).sort();
    expect(back).toEqual(factsOf(whole).map(key).sort());
  });

  it('is what the report does not name, from one sheet of the whole record', async () => {
    await accounted(csv, readCsv, whole);
    await accounted(csvExcel, readCsv, whole);
  });

  it('is what the report does not name, from one sheet of a day of the story', async () => {
    await accounted(csv, readCsv, await storyMaterial({ at: '2018-04-01' }));
  });
});

describe('one sheet', () => {
  it('has columns that do not change with what is asked', async () => {
    const header = (material: Material) => textOf(csv.write(material)).split('\n', 1)[0];
    const timeline = header(await storyMaterial());
    expect(header(await storyMaterial({ milestone: 'boards-2022' }))).toBe(timeline);
    expect(timeline).toMatchInlineSnapshot(
      `"date,date_earliest,date_latest,date_text,sentence,type,event,asked,milestone,milestone_title,themes,basis,confidence,public_from,recorded,because,also_dated,dissent,note,sources,citation,edition,published_by,recorded_by,dates"`,
    );
    const day = header(await storyMaterial({ at: '2020-04-01' }));
    expect(header(await storyMaterial({ at: '2001-01-01', kind: 'CCG' }))).toBe(day);
    expect(day).toMatchInlineSnapshot(
      `"at,id,name,kind,ods_code,gss_code,existence,from,from_earliest,from_latest,until,until_earliest,until_latest,part_of,other_relations,status,status_title,status_wave,status_since,began_by,ended_by,citation,edition,published_by,recorded_by,dates"`,
    );
  });

  it('has no cell that a spreadsheet takes for a formula, and every text comes back', async () => {
    const [event] = (await storyMaterial({ milestone: 'boards-2022' })).events;
    const hostile = fc
      .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', "'", "'=", "''@", '"', ','), fc.string())
      .map((parts) => parts.join(''));
    const material = await storyMaterial({ milestone: 'boards-2022' });
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'grapheme' })), (sentence) => {
        if (!event) throw new Error('no event');
        const one = { ...material, bodies: [], links: [], cited: [], events: [{ ...event, sentence }] };
        for (const exporter of [csv, csvExcel]) {
          const [row]: Record<string, string>[] = parseCsv(textOf(exporter.write(one)), { bom: true, columns: true });
          expect(row?.sentence ?? '').not.toMatch(/^[=+\-@\t\r]/);
          expect(plainCell(row?.sentence ?? '')).toBe(sentence);
        }
      }),
    );
  });

  it('begins with a byte order mark and ends its lines as Windows does only for Excel', async () => {
    const material = await storyMaterial({ at: '2022-07-01' });
    const [plain, excel] = [textOf(csv.write(material)), textOf(csvExcel.write(material))];
    expect(excel.startsWith('\uFEFFat,')).toBe(true);
    expect(plain.startsWith('at,')).toBe(true);
    expect(excel.slice(1).replaceAll('\r\n', '\n')).toBe(plain);
    expect(plain).not.toContain('\r');
  });

  it('says of a day whether a body surely existed on it', async () => {
    const on = async (at: string) => {
      const rows: Record<string, string>[] = parseCsv(textOf(csv.write(await storyMaterial({ at }))), {
        columns: true,
      });
      return rows.find(({ id }) => id === 'system/south')?.existence;
    };
    expect(await on('2017-08-31')).toBeUndefined();
    expect(await on('2017-09-01')).toBe('possible');
    expect(await on('2018-06-29')).toBe('possible');
    expect(await on('2018-06-30')).toBe('certain');
  });
});

describe('citing', () => {
  it('names the record as CITATION.cff does', () => {
    const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
    const cff = parseYaml(read('CITATION.cff'));
    expect(cff).toMatchObject({
      title: RECORD.title,
      type: 'dataset',
      authors: [{ name: RECORD.author }],
      license: ['CC-BY-4.0', 'MIT'],
      version: JSON.parse(read('package.json')).version,
    });
    expect(RECORD.licence).toBe('https://creativecommons.org/licenses/by/4.0/');
  });

  it('cites every source, milestone and body once, and the record with its edition', async () => {
    const material = await storyMaterial();
    const references = referencesOf(material);
    const ids = references.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([
      'as-it-stood',
      'as-it-stood/answer',
      ...material.milestones.map(({ milestone }) => `milestone/${milestone}`),
      ...material.bodies.map(({ id }) => id),
      ...material.sources.map(({ source }) => source),
    ]);
    for (const reference of references)
      expect(reference.version).toBe(reference.of === 'source' ? undefined : material.edition);
  });

  it('dates the record by what was asked, or by its newest event, and never by today', async () => {
    const [asked] = referencesOf(await storyMaterial({ recordedBy: '2026-11-22' }));
    expect(asked?.published).toBe('2026-11-22');
    const [newest] = referencesOf(await storyMaterial({ recordedBy: undefined }));
    expect(newest?.published).toBe('2026-11-21');
    const empty = await storyMaterial({ at: '2001-01-01', recordedBy: undefined });
    expect(referencesOf(empty)[0]).not.toHaveProperty('published');
  });

  it('gives the last day of a body, and none where that is not known', async () => {
    const lived = new Map(referencesOf(await storyMaterial()).map(({ id, lived }) => [id, lived]));
    expect(lived.get('ccg/southshire')).toEqual({ from: '2013-04-01', last: '2022-06-30' });
    expect(lived.get('icb/south')).toEqual({ from: '2022-07-01', last: null });
    expect(lived.get('system/south')).toBeUndefined();
  });

  it('says on which clocks the answer was read', async () => {
    const [, answer] = referencesOf(await storyMaterial({ at: '2022-07-01', publishedBy: '2022-05-03' }));
    expect(answer).toMatchObject({ note: 'As made public by 3 May 2022, as recorded by 21 November 2026.' });
    expect(answer?.title).toContain('1 July 2022');
  });
});
