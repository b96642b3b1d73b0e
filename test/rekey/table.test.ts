import { Parser } from 'n3';
import { describe, expect, test } from 'vitest';
import { openRecord } from '../../src/machine/index.ts';
import { stood } from '../cli/stood.ts';
import { given } from '../support/given.ts';
import { cut, desk, EVENTS, type } from './world.ts';

const XKOS = 'http://rdf-vocabulary.ddialliance.org/xkos#';
const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const DAYS = ['2018-01-01', '2022-07-01', '--kind', 'CCG', '--to-kind', 'ICB'];

describe('stood table', () => {
  test('is CSV to join with, the same as the correspondence', async () => {
    const at = await desk();
    const { code, out, err } = await type(at, ['table', ...DAYS]);
    expect(code).toBe(0);
    expect(cut(out, 'from_id', 'relation', 'to_id', 'share').slice(0, 4)).toEqual([
      'ccg/alder merged icb/north 1',
      'ccg/birch merged icb/north 1',
      'ccg/cedar divided icb/coast 0.3',
      'ccg/cedar divided icb/south 0.7',
    ]);
    expect(out).toBe((await type(at, ['correspondence', ...DAYS, '--format', 'csv'])).out);
    expect(err).toContain('2 bodies have more than one target');
  });

  test('goes into a file, whole', async () => {
    const at = await desk();
    const { code, out, err } = await type(at, ['table', ...DAYS, '-o', at.path('table.csv')]);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('written to table.csv.');
    expect(await at.read('table.csv')).toBe((await type(at, ['table', ...DAYS])).out);
  });

  test('is JSON as the machine answers', async () => {
    const at = await desk();
    const machine = await given(EVENTS).open();
    const { out } = await type(at, ['table', ...DAYS, '--format', 'json'], { machine });
    expect({ ...JSON.parse(out), edition: machine.edition }).toEqual(
      machine.correspondence('2018-01-01', '2022-07-01', { kind: 'CCG', toKind: 'ICB', unchanged: true }),
    );
  });

  test('is XKOS in Turtle', async () => {
    const at = await desk();
    const { code, out } = await type(at, ['table', ...DAYS, '--format', 'xkos']);
    expect(code).toBe(0);
    await expect(out.replace(/edition \w+/, 'edition …')).toMatchFileSnapshot('golden/table.ttl');
  });

  test('of three days is asked wrongly', async () => {
    const at = await desk();
    expect((await type(at, ['table', '2018-01-01'])).code).toBe(2);
    expect((await type(at, ['table', '2018-01-01', '2019-01-01', '2020-01-01'])).code).toBe(2);
  });
});

describe('the XKOS of the shipped record', () => {
  test('is read by somebody else, and says what the machine does', async () => {
    const machine = await openRecord();
    const question = [
      'table',
      '2017-03-31',
      '2022-07-01',
      '--kind',
      'CCG',
      '--to-kind',
      'ICB',
      '--recorded-by',
      '2026-11-21',
    ];
    const { out } = await stood([...question, '--format', 'xkos'], { openRecord: async () => machine });
    const quads = new Parser().parse(out);
    const subjects = (property: string, value: string) =>
      quads
        .filter(({ predicate, object }) => predicate.value === property && object.value === value)
        .map(({ subject }) => subject.value);
    const objects = (of: string | undefined, property: string) =>
      quads
        .filter(({ subject, predicate }) => predicate.value === property && (of === undefined || subject.value === of))
        .map(({ object }) => object.value);
    const { rows } = machine.correspondence('2017-03-31', '2022-07-01', {
      kind: 'CCG',
      toKind: 'ICB',
      recordedBy: '2026-11-21',
    });
    const [table] = subjects(RDF_TYPE, `${XKOS}Correspondence`);
    const associations = subjects(RDF_TYPE, `${XKOS}ConceptAssociation`);
    expect(associations).toHaveLength(rows.length);
    expect(objects(table, `${XKOS}madeOf`)).toHaveLength(rows.length);
    expect(objects(table, `${XKOS}compares`)).toHaveLength(2);
    const told = associations.map((association) => {
      const one = (property: string) => objects(association, property)[0] ?? '';
      const body = (iri: string) => iri.replace('urn:as-it-stood:', '').replace(/@.*/, '');
      return [
        body(one(`${XKOS}sourceConcept`)),
        body(one(`${XKOS}targetConcept`)),
        one('urn:as-it-stood:terms/relation'),
        one('urn:as-it-stood:terms/share'),
      ].join(' ');
    });
    expect(told.sort()).toEqual(
      rows
        .map(({ from, to, relation, share }) => [from?.id ?? '', to?.id ?? '', relation, share?.share ?? ''].join(' '))
        .sort(),
    );
    // Every concept that is spoken of is described: in one scheme, with a label.
    for (const property of ['sourceConcept', 'targetConcept']) {
      for (const concept of objects(undefined, `${XKOS}${property}`)) {
        expect(objects(concept, 'http://www.w3.org/2004/02/skos/core#prefLabel')).toHaveLength(1);
        expect(objects(concept, 'http://www.w3.org/2004/02/skos/core#inScheme')).toHaveLength(1);
      }
    }
  });
});
