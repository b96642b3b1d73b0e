import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import type { Body, Landscape } from '../../src/machine/answers.ts';
import { type Machine, openRecord } from '../../src/machine/index.ts';
import type { Lens, Selection } from '../../src/machine/machine.ts';
import { parseIsoDay } from '../../src/time/day.ts';
import type { EventName } from '../../src/vocabulary/index.ts';

/** An event as a story writes it: what it leaves out is filled in (`story/<n>`, recorded on 21 November 2026, attested by a register). */
export interface Told {
  readonly id?: string;
  readonly type: EventName;
  readonly effective: string | { readonly date: string; readonly basis?: string; readonly convention?: 'last-day' };
  readonly data: object;
  readonly milestone?: string;
  readonly recorded?: string;
  /** Published by a source of this day, where people read of it: before or after the day itself. */
  readonly said?: string;
  readonly because?: string | readonly string[];
  readonly alsoDated?: readonly object[];
  readonly dissent?: readonly object[];
  readonly note?: string;
}

/** What the story's record claims to know; `of` alone means all days from 1990 to 2030. */
export interface Covered {
  readonly of: string;
  readonly from?: string;
  readonly to?: string;
  readonly completeness?: 'complete' | 'partial';
  readonly note?: string;
}

export interface World {
  readonly coverage?: readonly (Covered | string)[];
  /** The day that "today" means. */
  readonly today?: string;
  /** Where the compiled form is kept, if anywhere; stories keep none. */
  readonly cache?: boolean;
  /** More sources, as they stand in `sources.yaml`. */
  readonly sources?: Readonly<Record<string, object>>;
}

const COVERED = ['system', 'clinical-commissioning-group', 'integrated-care-board', 'nhs-region', 'nhs-trust'];

const made: string[] = [];
afterEach(async () => {
  await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

/** The files of a record that holds these events and nothing else. */
export function filesOf(events: readonly Told[], world: World = {}): Record<string, string> {
  const streams = new Map<string, object[]>();
  const sources = new Map<string, object>([
    ['a-register', { title: 'A register', publisher: 'Somebody', kind: 'register' }],
    ...Object.entries(world.sources ?? {}),
  ]);
  for (const [n, told] of events.entries()) {
    const { milestone = 'story', recorded = '2026-11-21', said, id, ...written } = told;
    const slug = recorded === '2026-11-21' ? milestone : `${milestone}-as-of-${recorded}`;
    const source = said === undefined ? 'a-register' : `said-${said}`;
    if (said !== undefined)
      sources.set(source, {
        title: `Said on ${said}`,
        publisher: 'Somebody',
        kind: 'official-publication',
        published: said,
      });
    const stream = streams.get(`${slug} ${recorded}`) ?? [];
    stream.push({ id: id ?? `${slug}/${n + 1}`, ...written, sources: [source] });
    streams.set(`${slug} ${recorded}`, stream);
  }
  const files: Record<string, string> = {
    'sources.yaml': JSON.stringify(Object.fromEntries(sources)),
    'coverage.yaml': JSON.stringify(
      (world.coverage ?? COVERED).map((one) => ({
        from: '1990-01-01',
        to: '2030-01-01',
        completeness: 'complete',
        ...(typeof one === 'string' ? { of: one } : one),
      })),
    ),
  };
  for (const [key, stream] of streams) {
    const [slug = '', recorded] = key.split(' ');
    const head = { milestone: slug, title: `The ${slug}`, summary: `What happened in the ${slug}.`, recorded };
    files[`2000-${slug}.yaml`] =
      `${JSON.stringify(head).slice(0, -1)},\n"events": [\n${stream.map((event) => JSON.stringify(event)).join(',\n')}\n]}\n`;
  }
  return files;
}

/** A folder with these files in it; gone when the test is over. */
export async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'as-it-stood-story-'));
  made.push(parent);
  const folder = join(parent, 'events');
  await mkdir(folder);
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

/** What existed, in lines: `ccg/devon`, `? ccg/devon` when only possible, `(ccg/devon)` when expected. */
export function lines(bodies: readonly Pick<Body, 'id' | 'existence'>[]): string[] {
  return bodies.map(({ id, existence }) =>
    existence === 'possible' ? `? ${id}` : existence === 'expected' ? `(${id})` : id,
  );
}

interface Asked {
  /** Says which bodies there were, in the order of the answer. */
  readonly expect: (...bodies: readonly string[]) => Promise<void>;
  readonly answer: () => Promise<Landscape>;
}

export interface Given {
  readonly open: () => Promise<Machine>;
  readonly at: (day: string, options?: Lens & Selection) => Asked;
}

/** A record with these events (or these files): `given(events).at('2013-04-01').expect('ccg/devon')`. */
export function given(events: readonly Told[] | Readonly<Record<string, string>>, world: World = {}): Given {
  const open = async (): Promise<Machine> => {
    const today = parseIsoDay(world.today ?? '2026-11-21');
    if (today === undefined) throw new Error(`${world.today} is no day`);
    return openRecord({
      folder: await folderOf(
        Array.isArray(events)
          ? filesOf(events as readonly Told[], world)
          : (events as Readonly<Record<string, string>>),
      ),
      today: () => today,
      cache: world.cache ?? false,
    });
  };
  let opened: Promise<Machine> | undefined;
  const once = () => (opened ??= open());
  return {
    open: once,
    at: (day, options) => {
      const answer = async () => (await once()).at(day, options);
      return {
        answer,
        expect: async (...bodies) => {
          expect(lines((await answer()).bodies)).toEqual(bodies);
        },
      };
    },
  };
}

type More = Partial<Omit<Told, 'type' | 'effective' | 'data'>>;

const KIND_OF: Readonly<Record<string, string>> = {
  ccg: 'clinical-commissioning-group',
  icb: 'integrated-care-board',
  pct: 'primary-care-trust',
  region: 'nhs-region',
  system: 'system',
  trust: 'nhs-trust',
};

/** A name for an id that a story gives none: `ccg/east-devon` is East Devon. */
function nameFor(id: string): string {
  const words = id.slice(id.indexOf('/') + 1).split('-');
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join(' ');
}

export function established(id: string, effective: Told['effective'], data: object = {}, more: More = {}): Told {
  const kind = KIND_OF[id.slice(0, id.indexOf('/'))];
  return {
    type: 'OrganisationEstablished',
    effective,
    data: { organisation: id, name: nameFor(id), kind, ...data },
    ...more,
  };
}

export function abolished(id: string, effective: Told['effective'], more: More = {}): Told {
  return { type: 'OrganisationAbolished', effective, data: { organisation: id }, ...more };
}

export function renamed(id: string, effective: string, name: string, more: More = {}): Told {
  return { type: 'OrganisationRenamed', effective, data: { organisation: id, name }, ...more };
}

export function recoded(id: string, effective: string, codes: object, more: More = {}): Told {
  return { type: 'OrganisationRecoded', effective, data: { organisation: id, codes }, ...more };
}

export function joined(from: string | readonly string[], to: string, effective: string, more: More = {}): Told {
  return { type: 'RelationshipBegan', effective, data: { relation: 'part-of', from, to }, ...more };
}

export function left(from: string | readonly string[], to: string, effective: string, more: More = {}): Told {
  return { type: 'RelationshipEnded', effective, data: { relation: 'part-of', from, to }, ...more };
}

export function followed(
  from: readonly string[],
  to: readonly string[],
  effective: string,
  how: 'merger' | 'division' | 'absorption' | 'transfer' | 'replacement',
  shares?: readonly (readonly [from: string, to: string, share: number, of?: string])[],
): Told {
  return {
    type: 'OrganisationsReorganised',
    effective,
    data: {
      from,
      to,
      how,
      ...(shares
        ? { shares: shares.map(([one, other, share, of = 'population']) => ({ from: one, to: other, share, of })) }
        : {}),
    },
  };
}

export const ICS = 'status/integrated-care-system';

export function statusMade(effective = '2017-06-15', title = 'accountable care system', acronym = 'ACS'): Told {
  return { type: 'StatusCreated', effective, data: { status: ICS, title, acronym } };
}

export function designated(holder: string, effective: string, wave?: string, more: More = {}): Told {
  return {
    type: 'StatusConferred',
    effective,
    data: { status: ICS, holder, ...(wave ? { wave } : {}) },
    ...more,
  };
}

/** The designation that `designated` makes for a holder. */
export function designationOf(holder: string): string {
  return `designation/integrated-care-system-${holder.slice(holder.indexOf('/') + 1)}`;
}

export function corrected(event: string, recorded: string, replacement: object, more: More = {}): Told {
  return {
    type: 'EventCorrected',
    effective: recorded,
    data: { event, replacement, reason: 'A slip.' },
    recorded,
    ...more,
  };
}

export function withdrawn(event: string, recorded: string, more: More = {}): Told {
  return {
    type: 'EventWithdrawn',
    effective: recorded,
    data: { event, reason: 'It never happened.' },
    recorded,
    ...more,
  };
}
