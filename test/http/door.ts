import type { Hono } from 'hono';
import { type AppOptions, createApp } from '../../src/http/app.ts';
import { folderSource, type Source } from '../../src/http/source.ts';
import { loadRecord } from '../../src/record/load.ts';
import { extendLock } from '../../src/record/lock.ts';
import { parseIsoDay } from '../../src/time/day.ts';
import {
  abolished,
  established,
  filesOf,
  folderOf,
  followed,
  joined,
  recoded,
  renamed,
  type Told,
} from '../support/given.ts';

/** The day that it is in these tests: the one after the record was locked. */
export const TODAY = parseIsoDay('2026-11-22') ?? 0;

/** A small England: two groups merge, a board follows, one thing is only said to have happened in a year. */
const SMALL: readonly Told[] = [
  established('region/south', '2012-04-01', {}, { milestone: 'regions' }),
  established('ccg/east', '2013-04-01', { codes: { ods: '01A' } }, { milestone: 'groups' }),
  established('ccg/west', '2013-04-01', { codes: { ods: '01B' } }, { milestone: 'groups' }),
  established('ccg/north', '2016', {}, { milestone: 'groups' }),
  joined(['ccg/east', 'ccg/west'], 'region/south', '2013-04-01', { milestone: 'groups' }),
  renamed('ccg/west', '2015-06-01', 'NHS Far West CCG', { milestone: 'groups' }),
  recoded('ccg/west', '2017-01-01', { ods: '01C' }, { milestone: 'groups' }),
  established('icb/whole', '2022-07-01', {}, { milestone: 'boards', id: 'boards/whole' }),
  followed(['ccg/east', 'ccg/west'], ['icb/whole'], '2022-07-01', 'merger'),
  abolished('ccg/east', '2022-07-01', { milestone: 'boards', because: 'boards/whole' }),
  abolished('ccg/west', '2022-07-01', { milestone: 'boards', because: 'boards/whole' }),
];

/** A folder with the small record in it, locked. */
export async function smallFolder(events: readonly Told[] = SMALL): Promise<string> {
  const folder = await folderOf(filesOf(events));
  await extendLock(await loadRecord(folder));
  return folder;
}

/** The small record, as something to answer from. */
export async function smallSource(events: readonly Told[] = SMALL): Promise<Source> {
  return folderSource({ folder: await smallFolder(events), today: () => TODAY, cache: false });
}

/** The shipped record, as something to answer from. */
export function shippedSource(): Promise<Source> {
  return folderSource({ today: () => TODAY });
}

/** A door over a source; whatever should not happen fails the test that asked. */
export function door(source: Source, options: Partial<AppOptions> = {}): Hono {
  return createApp({
    source,
    version: 'test',
    onTrouble: (error) => {
      throw error;
    },
    ...options,
  });
}

/** The JSON at an address. */
export async function jsonAt(app: Hono, path: string, init?: RequestInit): Promise<unknown> {
  return (await app.request(path, init)).json();
}

/** Every address that a page of HTML links to or loads, as it stands there. */
export function linksIn(html: string): readonly string[] {
  return [...html.matchAll(/\s(?:href|src|action)="([^"]*)"/g)].map(([, link = '']) =>
    link.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))).replaceAll('&amp;', '&'),
  );
}
