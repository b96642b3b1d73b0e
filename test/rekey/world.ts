import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach } from 'vitest';
import type { Io } from '../../src/cli/command.ts';
import type { Machine } from '../../src/machine/index.ts';
import { stood, type Typed } from '../cli/stood.ts';
import { abolished, established, followed, given, recoded, renamed, type Told } from '../support/given.ts';

/**
 * Groups of 2013 that boards followed in 2022: Alder and Birch into the north; Cedar divided, with shares; Dogwood divided,
 * without; Elm gone for good; Fir renamed and recoded on the way; Gorse merged with Hazel into Heath first.
 */
export const EVENTS: readonly Told[] = [
  ...(
    [
      ['ccg/alder', 'NHS Alder CCG', '01A'],
      ['ccg/birch', 'NHS Birch and Beech CCG', '01B'],
      ['ccg/cedar', 'NHS Cedar CCG', '01C'],
      ['ccg/dogwood', 'NHS Dogwood CCG', '01D'],
      ['ccg/elm', 'NHS Elm CCG', '01E'],
      ['ccg/fir', 'NHS Fir CCG', '01F'],
      ['ccg/gorse', 'NHS Gorse CCG', '01G'],
      ['ccg/hazel', 'NHS Hazel, Heather and Holly CCG', '01H'],
    ] as const
  ).map(([id, name, ods]) => established(id, '2013-04-01', { name, codes: { ods } })),
  renamed('ccg/fir', '2017-04-01', 'NHS Greater Fir CCG'),
  recoded('ccg/fir', '2017-04-01', { ods: '99F' }),
  abolished('ccg/gorse', '2020-04-01'),
  abolished('ccg/hazel', '2020-04-01'),
  established('ccg/heath', '2020-04-01', { name: 'NHS Heath CCG', codes: { ods: '15H' } }),
  followed(['ccg/gorse', 'ccg/hazel'], ['ccg/heath'], '2020-04-01', 'merger'),
  ...['alder', 'birch', 'cedar', 'dogwood', 'elm', 'fir', 'heath'].map((id) => abolished(`ccg/${id}`, '2022-07-01')),
  established('icb/north', '2022-07-01', {
    name: 'NHS North Integrated Care Board',
    codes: { ods: 'QN1', gss: 'E54000001' },
  }),
  established('icb/south', '2022-07-01', { name: 'NHS South, East and West ICB', codes: { ods: 'QS1' } }),
  established('icb/coast', '2022-07-01', { name: 'NHS Coast Integrated Care Board', codes: { ods: 'QC1' } }),
  followed(['ccg/alder', 'ccg/birch', 'ccg/fir'], ['icb/north'], '2022-07-01', 'replacement'),
  followed(['ccg/heath'], ['icb/south'], '2022-07-01', 'replacement'),
  followed(['ccg/cedar'], ['icb/south', 'icb/coast'], '2022-07-01', 'division', [
    ['ccg/cedar', 'icb/south', 0.7],
    ['ccg/cedar', 'icb/coast', 0.3],
  ]),
  followed(['ccg/dogwood'], ['icb/north', 'icb/coast'], '2022-07-01', 'division'),
];

const made: string[] = [];
afterEach(async () => {
  await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

/** A folder of one's own, gone after the test. */
export interface Desk {
  readonly folder: string;
  /** Puts a file on it, and gives its path. */
  put(name: string, content: string | Buffer): Promise<string>;
  read(name: string): Promise<string>;
  /** What lies on it. */
  files(): Promise<readonly string[]>;
  path(name: string): string;
}

export async function desk(): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'as-it-stood-desk-'));
  made.push(folder);
  const path = (name: string) => join(folder, name);
  return {
    folder,
    path,
    put: async (name, content) => {
      await writeFile(path(name), content);
      return path(name);
    },
    read: (name) => readFile(path(name), 'latin1').then((text) => Buffer.from(text, 'latin1').toString('utf8')),
    files: async () => (await readdir(folder)).sort(),
  };
}

/** Types a command over the record of these events; paths of the desk are told without their folder. */
export async function type(
  at: Desk,
  words: readonly string[],
  world: Partial<Io> & { readonly machine?: Machine } = {},
): Promise<Typed> {
  const machine = world.machine ?? (await given(EVENTS).open());
  const typed = await stood(words, { openRecord: async () => machine, ...world });
  const plain = (text: string) =>
    text.replaceAll(`${at.folder}/`, '').replace(/(Edition of the record: |"edition": ")\w+/g, '$1…');
  return { ...typed, out: plain(typed.out), err: plain(typed.err) };
}

/** The command that re-keys a file of groups of 2018 to boards. */
export const REKEY = ['--from', '2018-01-01', '--to', '2022-07-01', '--to-kind', 'ICB'] as const;

/** Chosen columns of a CSV text, a line a row. */
export function cut(text: string, ...names: readonly string[]): string[] {
  const [header = [], ...rows] = parse(text, { bom: true }) as string[][];
  return rows.map((row) => names.map((name) => row[header.indexOf(name)]).join(' '));
}
