import { beforeAll, describe, expect, it } from 'vitest';
import { EXPORTERS } from '../../src/exporters/index.ts';
import type { Material } from '../../src/machine/index.ts';
import { drawnDot } from './readers/dot.ts';
import { textOf } from './readers/index.ts';
import { parsedMermaid, shown } from './readers/mermaid.ts';
import { opened, timelineWindow } from './readers/timelinejs.ts';
import { parseXml, within, type XmlElement } from './readers/xml.ts';
import { storyMaterial } from './story.ts';

let story: Material;
beforeAll(async () => {
  story = await storyMaterial();
});

function written(name: string, material = story): string {
  const exporter = EXPORTERS.find((one) => one.name === name);
  if (!exporter) throw new Error(`no format ${name}`);
  return textOf(exporter.write(material));
}

describe('a timeline', () => {
  it('opens in the library with no slide dropped, none without a date and no era without an end', async () => {
    const config = await opened(timelineWindow(false), written('timelinejs'));
    expect(config.getErrors()).toEqual([]);
    expect(config.events).toHaveLength(story.events.length + story.bodies.length);
    expect(new Set(config.events.map(({ unique_id }) => unique_id)).size).toBe(config.events.length);
    expect(config.eras.length).toBeGreaterThan(1);
    for (const era of config.eras) expect(era.end_date).toBeDefined();
    for (const slide of config.events) expect(slide.media?.credit).toBeTruthy();
  });

  it('draws an unknown day over every day it can be and says so in words', async () => {
    const { events } = await opened(timelineWindow(false), written('timelinejs'));
    const formed = events.find(({ unique_id }) => unique_id === 'systems-2018/south');
    expect(formed?.display_date).toBe('some day between September 2017 and June 2018');
    expect(formed?.start_date?.data).toMatchObject({ year: 2017, month: 9, day: 1 });
    expect(formed?.end_date?.data).toMatchObject({ year: 2018, month: 6, day: 30 });
  });
});

describe('a calendar', () => {
  it('keeps what RFC 5545 says a calendar must, which lenient readers let pass', () => {
    const text = written('ical');
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    const entries = text.replaceAll('\r\n ', '').split('BEGIN:VEVENT').slice(1);
    expect(entries).toHaveLength(story.events.length);
    for (const entry of entries)
      for (const name of ['UID', 'DTSTAMP', 'DTSTART', 'DTEND', 'SUMMARY'])
        expect(entry.match(new RegExp(`^${name}[;:]`, 'gm')), name).toHaveLength(1);
    expect(new Set(entries.map((entry) => /^UID:(.*)$/m.exec(entry)?.[1])).size).toBe(entries.length);
  });

  it('ends an entry on the day after, and stamps it with the day it was recorded', () => {
    const entry = (id: string) =>
      written('ical')
        .split('BEGIN:VEVENT')
        .find((one) => one.includes(`UID:${id}@`)) ?? '';
    expect(entry('boards-2022/north')).toContain('DTSTART;VALUE=DATE:20220701\r\nDTEND;VALUE=DATE:20220702\r\n');
    expect(entry('boards-2022/north')).toContain('DTSTAMP:20261121T000000Z\r\n');
    const south = entry('systems-2018/south');
    expect(south).toContain('DTSTART;VALUE=DATE:20170901\r\nDTEND;VALUE=DATE:20180701\r\n');
    expect(south).toContain('STATUS:TENTATIVE\r\n');
    expect(south).toContain('X-STOOD-DATE;VALUE=TEXT:[2017-09..2018-06]\r\n');
  });
});

describe.each(['gexf', 'graphml'])('%s', (format) => {
  it('has every id once and no edge into nothing', () => {
    const root = parseXml(written(format));
    const ids = [...within(root, 'node')].map(({ attributes }) => attributes.id);
    const edges = [...within(root, 'edge')];
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(edges.map(({ attributes }) => attributes.id)).size).toBe(edges.length);
    for (const { attributes } of edges) {
      expect(ids).toContain(attributes.source);
      expect(ids).toContain(attributes.target);
    }
  });

  it('puts a stub where a relation leads out of the selection', async () => {
    const material = await storyMaterial({ kind: 'CCG' });
    const ids = [...within(parseXml(written(format, material)), 'node')].map(({ attributes }) => attributes.id);
    expect(ids).toContain('region/the-shires');
    expect(material.bodies.map(({ id }) => id)).not.toContain('region/the-shires');
  });
});

describe('a dynamic graph', () => {
  const spellsOf = (element: XmlElement | undefined) =>
    element ? [...within(element, 'spell')].map(({ attributes }) => [attributes.start, attributes.end]) : [];
  const node = (id: string) =>
    [...within(parseXml(written('gexf')), 'node')].find(({ attributes }) => attributes.id === id);

  it('lets a body live to its last day and its successor from the next', () => {
    expect(spellsOf(node('ccg/east-northshire'))).toEqual([['2013-04-01', '2020-03-31']]);
    expect(spellsOf(node('ccg/northshire'))).toEqual([['2020-04-01', '2022-06-30']]);
    expect(spellsOf(node('icb/north'))).toEqual([['2022-07-01', undefined]]);
  });

  it('changes a name on the first day of the month in which it changed, and keeps the month', () => {
    const names = [...within(node('system/north') as XmlElement, 'attvalue')]
      .map(({ attributes }) => attributes)
      .filter(({ for: name }) => name === 'name' || name === 'name.from')
      .map(({ value, start, end }) => [value, start, end]);
    expect(names).toContainEqual(['Northshire and the Moors', '2016-03-15', '2018-04-30']);
    expect(names).toContainEqual(['Greater Northshire', '2018-05-01', undefined]);
    expect(names).toContainEqual(['2018-05', '2018-05-01', undefined]);
  });

  it('declares every attribute that it uses, with values within the vocabulary of GEXF 1.3', () => {
    const root = parseXml(written('gexf'));
    expect([root.name, root.attributes.version, root.attributes.xmlns]).toEqual(['gexf', '1.3', 'http://gexf.net/1.3']);
    const graph = root.children.find(({ name }) => name === 'graph');
    expect(graph?.children.map(({ name }) => name)).toEqual([...Array(4).fill('attributes'), 'nodes', 'edges']);
    for (const [of, elements] of [
      ['node', within(root, 'node')],
      ['edge', within(root, 'edge')],
    ] as const) {
      const declared = [...within(root, 'attributes')]
        .filter(({ attributes }) => attributes.class === of)
        .flatMap((one) => [...within(one, 'attribute')].map(({ attributes }) => attributes.id));
      for (const element of elements)
        for (const { attributes } of within(element, 'attvalue')) {
          expect(declared).toContain(attributes.for);
          for (const day of [attributes.start, attributes.end])
            if (day !== undefined) expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        }
    }
  });
});

describe('a drawing', () => {
  it('stands bodies in the column of the year in which they began', async () => {
    const { objects = [] } = await drawnDot(written('dot'));
    const across = (id: string) => Number(objects.find(({ name }) => name === id)?.pos?.split(',')[0]);
    expect(across('ccg/east-northshire')).toBe(across('year 2013'));
    expect(across('ccg/northshire')).toBe(across('year 2020'));
    expect(across('icb/south')).toBe(across('year 2022'));
    expect(across('year 2013')).toBeLessThan(across('year 2020'));
    expect(across('year 2020')).toBeLessThan(across('year 2022'));
  });

  it('is a flowchart with every body and every succession, and frames by system or region', async () => {
    const { db } = await parsedMermaid(written('mermaid'));
    expect(db.getVertices?.().size).toBe(story.bodies.length);
    expect(db.getEdges?.()).toHaveLength(story.links.length);
    expect(db.getSubGraphs?.().map(({ title }) => shown(title))).toEqual(['Northshire and the Moors', 'The Shires']);
    expect(shown(db.getVertices?.().get('ccg__southshire')?.text ?? '')).toBe(
      'NHS Southshire & District CCG\n00C\n1 April 2013 to 30 June 2022',
    );
  });

  it('is a list of events by year where no body is selected', async () => {
    const { db, type } = await parsedMermaid(written('mermaid', { ...story, bodies: [], links: [] }));
    expect(type).toBe('timeline');
    expect(db.getTasks?.().flatMap(({ events }) => events)).toHaveLength(story.events.length);
  });
});
