import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { eacCpf } from '../../src/exporters/formats/eac-cpf.ts';
import { jsonLd } from '../../src/exporters/formats/json-ld.ts';
import { linkedPlaces } from '../../src/exporters/formats/linked-places.ts';
import { popolo } from '../../src/exporters/formats/popolo.ts';
import { turtle } from '../../src/exporters/formats/turtle.ts';
import type { Output } from '../../src/exporters/index.ts';
import { type Material, openRecord } from '../../src/machine/index.ts';
import { againstCpov } from './cpov.ts';
import { againstEac } from './eac-schema.ts';
import { anyMaterial } from './materials.ts';
import { parseXml } from './readers/eac-cpf.ts';
import { textOf } from './readers/index.ts';
import type { LinkedPlaces } from './readers/linked-places.ts';
import type { PopoloDocument } from './readers/popolo.ts';
import { canonical, type ReadTriple, readTriplesOfJsonLd, readTriplesOfTurtle } from './readers/quads.ts';
import { storyMaterial } from './story.ts';

const materials: Material[] = [];
beforeAll(async () => {
  const record = await openRecord();
  const lens = { recordedBy: '2026-11-21' };
  materials.push(
    await storyMaterial(),
    await storyMaterial({ at: '2018-04-01' }),
    record.material({ at: '2022-07-01', kind: 'ICB', ...lens }),
    record.material({ at: '2022-04-01', kind: 'ICB', publishedBy: '2021-11-01', ...lens }),
    record.material({ subject: 'icb/frimley', ...lens }),
    record.material({ at: '1975-01-01', kind: 'ICB', ...lens }),
  );
});

/** Every material we have, and many that nobody has. */
async function always(check: (material: Material) => void | Promise<void>): Promise<void> {
  for (const material of materials) await check(material);
  await fc.assert(
    fc.asyncProperty(anyMaterial, async (material) => check(material)),
    { numRuns: 40 },
  );
}

describe('the graph', () => {
  it('is one, in Turtle as read by N3.js and in JSON-LD as read by jsonld.js', async () => {
    await always(async (material) => {
      const [ttl, json] = [textOf(turtle.write(material)), textOf(jsonLd.write(material))];
      expect(canonical(await readTriplesOfJsonLd(json))).toEqual(canonical(readTriplesOfTurtle(ttl)));
    });
  });

  it('conforms to the shapes of the Core Public Organisation Vocabulary', async () => {
    await always((material) => {
      expect(againstCpov(readTriplesOfTurtle(textOf(turtle.write(material))))).toEqual([]);
    });
  });

  it('would be found out: a shape bites', async () => {
    const triples = readTriplesOfTurtle(textOf(turtle.write(await storyMaterial())));
    const changed = (predicate: string, change: (triple: ReadTriple) => Partial<ReadTriple> | undefined) =>
      againstCpov(
        triples.flatMap((triple) => {
          if (!triple.predicate.endsWith(predicate)) return [triple];
          const other = change(triple);
          return other ? [{ ...triple, ...other }] : [];
        }),
      );
    expect(changed('startedAtTime', () => ({ datatype: 'http://www.w3.org/2001/XMLSchema#date' }))[0]).toMatch(
      /is a .*date/,
    );
    expect(
      changed('prefLabel', () => ({ language: '', datatype: 'http://www.w3.org/2001/XMLSchema#string' }))[0],
    ).toMatch(/no language/);
    expect(changed('#type', ({ object }) => (object.endsWith('PublicOrganisation') ? undefined : {}))[0]).toMatch(
      /not said to be a cv:PublicOrganisation/,
    );
  });

  it('tells a merger as one event with its originals and its result, and the order that made it', async () => {
    const triples = readTriplesOfTurtle(textOf(turtle.write(await storyMaterial())));
    const said = (predicate: string) =>
      triples
        .filter(
          (one) =>
            one.subject === 'urn:as-it-stood:event:northshire-merger-2020/merged' && one.predicate.endsWith(predicate),
        )
        .map(({ object, datatype }) => (datatype ? `${object} ${datatype.replace(/.*[#/]/, '')}` : object))
        .sort();
    expect(said('originalOrganization')).toEqual([
      'urn:as-it-stood:body:ccg/east-northshire',
      'urn:as-it-stood:body:ccg/west-northshire',
    ]);
    expect(said('resultingOrganization')).toEqual(['urn:as-it-stood:body:ccg/northshire']);
    expect(said('hasFormalFramework')).toEqual(['urn:as-it-stood:source:northshire-order-2020']);
    expect(said('startedAtTime')).toEqual(['2020-04-01T00:00:00 dateTime']);
    expect(said('terms/date')).toEqual(['2020-04-01 EDTF']);
  });

  it('pads no date that is less exact than a day, and says between which days it lies', async () => {
    const triples = readTriplesOfTurtle(textOf(turtle.write(await storyMaterial())));
    const said = triples
      .filter((one) => one.subject === 'urn:as-it-stood:event:systems-2018/south')
      .map(({ predicate, object }) => `${predicate.replace(/.*[#/:]/, '')} ${object}`);
    expect(said).toContain('date [2017-09..2018-06]');
    expect(said).toContain('earliest 2017-09-01');
    expect(said).toContain('latest 2018-06-30');
    expect(said.filter((one) => one.startsWith('startedAtTime'))).toEqual([]);
  });

  it('says without a date only what is so: a parent of the day asked, or one that is still known', async () => {
    const parents = (output: Output) =>
      readTriplesOfTurtle(textOf(output))
        .filter(({ predicate }) => predicate.endsWith('subOrganizationOf'))
        .map(({ subject, object }) => `${subject} > ${object}`.replaceAll('urn:as-it-stood:body:', ''))
        .sort();
    expect(parents(turtle.write(await storyMaterial({ at: '2018-04-01' })))).toContain(
      'ccg/east-northshire > system/north',
    );
    expect(parents(turtle.write(await storyMaterial()))).toEqual([
      'icb/north > region/the-shires',
      'icb/south > region/the-shires',
    ]);
  });
});

describe('an authority record', () => {
  const records = (material: Material) => {
    const output = eacCpf.write(material);
    return output.is === 'folder' ? [...output.files].filter(({ path }) => path.endsWith('.xml')) : [];
  };

  it('is valid EAC-CPF 2.0, for every body', async () => {
    await always((material) => {
      const files = records(material);
      expect(files.length).toBe(material.bodies.length);
      for (const { text } of files) expect(againstEac(parseXml(text))).toEqual([]);
    });
  });

  it('would be found out: the schema bites', async () => {
    const text = records(await storyMaterial()).find(({ path }) => path === 'ccg_east-northshire.xml')?.text ?? '';
    const changed = (from: string | RegExp, to: string) => {
      expect(text).toMatch(from);
      return againstEac(parseXml(text.replace(from, to)))[0];
    };
    expect(changed('corporateBody', 'company')).toBe('entityType value="company"');
    expect(changed(/<recordId>.*<\/recordId>/, '')).toMatch(/control holds maintenanceAgency/);
    expect(changed('target="event-1"', 'target="event-99"')).toMatch(/which is nothing/);
    expect(changed('https://archivists.org/ns/eac/v2', 'urn:isbn:1-931666-33-4')).toMatch(/urn:isbn/);
  });

  it('ends on the last day, and is ongoing while no end is known of', async () => {
    const dates = (path: string, files: ReturnType<typeof records>) =>
      /<existDates>[\s\S]*?<\/existDates>/.exec(files.find((file) => file.path === path)?.text ?? '')?.[0] ?? '';
    const files = records(await storyMaterial());
    expect(dates('ccg_east-northshire.xml', files)).toContain('standardDate="2020-03-31">31 March 2020</toDate>');
    expect(dates('icb_north.xml', files)).toContain('<toDate status="ongoing">no end known of</toDate>');
  });
});

describe('a place of a gazetteer', () => {
  // Linked Places 1.2: github.com/LinkedPasts/linked-places-format, README.
  it('is GeoJSON with what the format requires, and never a time that only seems to end', async () => {
    await always((material) => {
      const { type, features, '@context': context } = JSON.parse(textOf(linkedPlaces.write(material))) as LinkedPlaces;
      expect([type, typeof context]).toEqual(['FeatureCollection', 'string']);
      for (const { '@id': id, type: kind, properties, names, types, relations, geometry, when } of features) {
        expect([kind, geometry]).toEqual(['Feature', { type: 'GeometryCollection', geometries: [] }]);
        expect(id).toMatch(/^urn:/);
        expect(properties.title).toBeTypeOf('string');
        expect(names.length).toBeGreaterThan(0);
        expect(names[0]?.citations?.length).toBeGreaterThan(0);
        const lasting = [
          ...names,
          ...types,
          ...properties.codes,
          ...relations.filter((one) => !one.relationType.startsWith('prov:')),
        ];
        for (const at of [when, ...lasting.map((one) => one.when)])
          for (const { start, end } of at?.timespans ?? []) {
            for (const point of [start, end])
              expect(Object.values(point ?? {}).join(' ')).toMatch(/^\d{4}(-\d{2}){0,2}[~?%]?( \d{4}-\d{2}-\d{2})?$/);
            expect(end?.in ?? end?.earliest).toBeDefined();
          }
        for (const { certainty } of relations)
          expect([undefined, 'certain', 'less-certain', 'uncertain']).toContain(certainty);
      }
    });
  });

  it('that has no known end is said to last until the day asked at least', async () => {
    const { features } = JSON.parse(
      textOf(linkedPlaces.write(await storyMaterial({ at: '2023-05-01' }))),
    ) as LinkedPlaces;
    const board = features.find((one) => one['@id'].endsWith('icb/north'));
    expect(board?.when?.timespans).toEqual([{ start: { in: '2022-07-01' }, end: { earliest: '2023-05-01' } }]);
  });
});

describe('an organisation in Popolo', () => {
  // popolo-project/popolo-spec, schemas/{organization,other_name,identifier,membership,link}.json (JSON Schema draft 3).
  const DATE = /^[0-9]{4}(-[0-9]{2}){0,2}$/;

  it('has the properties of the schemas, with dates of their pattern', async () => {
    await always((material) => {
      const { organizations, memberships } = JSON.parse(textOf(popolo.write(material))) as PopoloDocument;
      const known = (one: object, ...names: string[]) =>
        expect(names).toEqual(expect.arrayContaining(Object.keys(one)));
      const dated = (...dates: (string | undefined)[]) => {
        for (const date of dates) if (date !== undefined) expect(date).toMatch(DATE);
      };
      for (const one of organizations) {
        known(
          one,
          'id',
          'name',
          'classification',
          'parent_id',
          'founding_date',
          'dissolution_date',
          'other_names',
          'identifiers',
          'sources',
        );
        dated(one.founding_date, one.dissolution_date);
        for (const other of one.other_names) {
          known(other, 'name', 'start_date', 'end_date', 'note');
          dated(other.start_date, other.end_date);
        }
        for (const identifier of one.identifiers) known(identifier, 'identifier', 'scheme');
        for (const source of one.sources ?? []) known(source, 'url', 'note');
      }
      for (const one of memberships) {
        known(one, 'role', 'label', 'member', 'organization_id', 'start_date', 'end_date', 'sources');
        dated(one.start_date, one.end_date);
      }
    });
  });

  it('cuts a span to what its days share, and leaves out what share nothing', async () => {
    const { organizations } = JSON.parse(textOf(popolo.write(await storyMaterial()))) as PopoloDocument;
    const found = (id: string) => organizations.find((one) => one.id === id);
    expect(found('system/south')).not.toHaveProperty('founding_date');
    expect(found('system/south')?.other_names).toEqual([
      { name: 'Southshire', note: 'from some day between September 2017 and June 2018' },
    ]);
    expect(found('ccg/east-northshire')).toMatchObject({ founding_date: '2013-04-01', dissolution_date: '2020-03-31' });
    expect(found('system/north')?.other_names).toEqual([
      expect.objectContaining({ name: 'Northshire and the Moors', start_date: '2016-03-15', end_date: '2018' }),
      expect.objectContaining({ name: 'Greater Northshire', start_date: '2018-05' }),
    ]);
  });
});
