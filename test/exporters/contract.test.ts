import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Fact, factsOf } from '../../src/exporters/facts.ts';
import { EXPORTERS, type Exporter, lossReport } from '../../src/exporters/index.ts';
import { type Material, openRecord } from '../../src/machine/index.ts';
import { anyMaterial } from './materials.ts';
import { READERS, type Recovered } from './readers/index.ts';

const key = ({ record, field, value }: Recovered | Fact) => JSON.stringify([record, field, value]);

/** Facts that the report says are kept and that nobody can find in the file. */
async function unfound(exporter: Exporter, material: Material): Promise<string[]> {
  const read = READERS[exporter.name];
  if (!read) throw new Error(`no reader for ${exporter.name}: add one to test/exporters/readers/index.ts`);
  const found = new Map<string, number>();
  for (const fact of await read(exporter.write(material))) found.set(key(fact), (found.get(key(fact)) ?? 0) + 1);
  const named = new Map<string, number>();
  const of = (record: string, field: string, value: string) => JSON.stringify([record, field, value]);
  for (const { record, field, was } of lossReport(exporter, material).losses)
    named.set(of(record, field, was), (named.get(of(record, field, was)) ?? 0) + 1);
  return factsOf(material).flatMap((fact) => {
    const lost = named.get(key(fact)) ?? 0;
    if (lost > 0) {
      named.set(key(fact), lost - 1);
      return [];
    }
    const there = found.get(key(fact)) ?? 0;
    found.set(key(fact), there - 1);
    return there > 0 ? [] : [key(fact)];
  });
}

describe.each(EXPORTERS.map((exporter) => [exporter.name, exporter] as const))('%s', (_, exporter) => {
  it('names in its loss report everything that cannot be read back, of any record', async () => {
    await fc.assert(
      fc.asyncProperty(anyMaterial, async (material) => {
        expect(await unfound(exporter, material)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('writes the same bytes for the same question', () => {
    fc.assert(
      fc.property(anyMaterial, (material) => {
        expect(JSON.stringify(flat(exporter, material))).toBe(JSON.stringify(flat(exporter, material)));
      }),
      { numRuns: 5 },
    );
  });

  describe('over the shipped record', () => {
    const MATERIALS: Record<string, Material> = {};
    beforeAll(async () => {
      const record = await openRecord();
      const lens = { recordedBy: '2026-11-21' };
      MATERIALS.boards = record.material({ at: '2022-07-01', kind: 'ICB', ...lens });
      MATERIALS.foreseen = record.material({ at: '2022-04-01', kind: 'ICB', publishedBy: '2021-11-01', ...lens });
      MATERIALS.mergers = record.material({ milestone: 'ccg-mergers-2020', ...lens });
      MATERIALS.line = record.material({ subject: 'icb/frimley', ...lens });
      MATERIALS.nothing = record.material({ at: '1975-01-01', kind: 'ICB', ...lens });
    });
    it.each(['boards', 'foreseen', 'mergers', 'line', 'nothing'])('and loses nothing unnamed: %s', async (name) => {
      expect(await unfound(exporter, MATERIALS[name] as Material)).toEqual([]);
    });

    it('nor a title that ends in the mark that escapes', async () => {
      const { milestones, ...rest } = MATERIALS.mergers as Material;
      const ending = milestones.map((one) => ({ ...one, title: `${one.title}\\` }));
      expect(await unfound(exporter, { ...rest, milestones: ending })).toEqual([]);
    });
  });

  it('says how it tells ends and imprecise dates', () => {
    expect(exporter.conventions.intervals).toMatch(/\.$/);
    expect(exporter.conventions.precision).toMatch(/\.$/);
  });
});

function flat(exporter: Exporter, material: Material): unknown {
  const output = exporter.write(material);
  if (output.is === 'text') return [...output.chunks].join('');
  return output.is === 'folder' ? [...output.files] : output.database;
}
