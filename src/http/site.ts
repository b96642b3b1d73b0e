import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, posix, resolve } from 'node:path';
import { AskedWrongly, type Machine, NotInRecord } from '../machine/index.ts';
import type { EventStore } from '../store/port.ts';
import { type Day, isoDay } from '../time/day.ts';
import { askOf } from './ask.ts';
import { readAssets } from './assets.ts';
import { changesOf } from './changes.ts';
import { formatsOf, HTML, JSON_FORMAT, OUTPUT_FORMATS, type OutputFormat } from './formats.ts';
import { bareDocument } from './html.ts';
import { split } from './links.ts';
import { changeDays, timeMap } from './memento.ts';
import type { Ask, Format, Links, Page } from './page.ts';
import { PAGES } from './pages/index.ts';
import { type Match, matcher } from './paths.ts';
import { plainTrouble } from './plain-pages.ts';
import { type House, textOf } from './render.ts';
import { RESOURCES } from './resources/index.ts';
import { folderSource, storeSource } from './source.ts';

/** What the site is made of, and where it goes. */
export interface SiteOptions {
  readonly folder: string;
  readonly record?: string | undefined;
  readonly store?: string | EventStore | undefined;
  /** Endings of the data formats to write beside the pages: `.json`; all unless given. */
  readonly formats?: readonly string[] | undefined;
  readonly version?: string | undefined;
  readonly today?: (() => Day) | undefined;
  readonly cache?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly pages?: Readonly<Record<string, Page>> | undefined;
}

/** What was written. */
export interface Site {
  readonly folder: string;
  readonly edition: string;
  readonly today: string;
  readonly files: number;
  readonly bytes: number;
  readonly pages: Readonly<Record<string, number>>;
}

/** By this file a site of ours is known. */
const MANIFEST = 'as-it-stood.json';

/** Addresses that only answer when something is typed in: in a site they say that they need a server. */
const ASKING = new Set(['find']);

/** The page that says so for a counterfactual nobody wrote down: that of an event which is no cause of another. */
const SUPPOSING = '/without';

const USUAL = ['.csv', '.ttl', '.svg', '.ics', '.md'];
const TABLE = ['.csv', '.md'];

/** The resources whose data is written in more formats than JSON, and which. The whole record is written in all. */
const EXPORTED: Readonly<Record<string, readonly string[]>> = {
  home: USUAL,
  at: USUAL,
  body: USUAL,
  reform: USUAL,
  timeline: USUAL,
  count: [...TABLE, '.svg'],
  england: [...TABLE, '.svg'],
  sources: [...TABLE, '.bib', '.ris', '.csl.json'],
  conflicts: TABLE,
  correspondence: ['.csv'],
  kinds: TABLE,
  reforms: TABLE,
};

/** Files written at one time. */
const AT_ONCE = 16;

/** How deep and how long a name in an address may be to become the name of a file. */
const NAME = /^(?!\.{1,2}$)[A-Za-z0-9][A-Za-z0-9 ._~@,+-]{0,150}$/;

/**
 * Writes the whole as files: a page for every day on which something changed, every body, every reform with its steps and whatever these link to, each with its data.
 * Links are relative, so that it works under any path of any host, and from a disk. The folder is written whole or not at all: a folder that is there must be empty or a site of ours.
 */
export async function writeSite(options: SiteOptions): Promise<Site> {
  const target = resolve(options.folder);
  await refuseForeign(target, options.folder);
  const formats = chosenFormats(options.formats);
  const { record, store, today, cache } = options;
  const source =
    store === undefined ? await folderSource({ folder: record, today, cache }) : await storeSource(store, { today });
  const draft = join(dirname(target), draftName(target));
  const writing = new Set<Promise<void>>();
  try {
    await sweep(target);
    await mkdir(draft, { recursive: true });
    const written = await writeAll(draft, { ...options, formats, source, writing });
    await putInPlace(draft, target);
    return { folder: target, ...written };
  } catch (error) {
    // What is still being written would stand in the way of taking the draft away.
    await Promise.all(writing);
    await rm(draft, { recursive: true, force: true });
    throw error;
  } finally {
    await source.close();
  }
}

async function refuseForeign(target: string, typed: string): Promise<void> {
  const parent = await stat(dirname(target)).catch(() => undefined);
  if (!parent?.isDirectory())
    throw new AskedWrongly(`there is no folder ${dirname(typed)} to put it in`, 'make it first, or name another');
  const there = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new AskedWrongly(
      `${typed} is not a folder that can be read (${error.code ?? 'unknown error'})`,
      'name a new folder',
    );
  });
  if (there === undefined || there.length === 0) return;
  const ours = await readFile(join(target, MANIFEST), 'utf8')
    .then((text) => (JSON.parse(text) as { readonly program?: unknown }).program === 'as-it-stood')
    .catch(() => false);
  if (!ours)
    throw new AskedWrongly(
      `${typed} holds files that are no site of this program`,
      'name a new folder, or empty this one first',
    );
}

function chosenFormats(wanted: readonly string[] | undefined): readonly OutputFormat[] {
  const data = OUTPUT_FORMATS.filter((format) => format !== HTML);
  if (wanted === undefined) return data;
  return wanted.map((ending) => {
    const found = data.find(({ extension }) => extension === ending || extension === `.${ending}`);
    if (found) return found;
    throw new AskedWrongly(
      `there is no format “${ending}”`,
      `there are ${data.map(({ extension }) => extension.slice(1)).join(', ')}`,
    );
  });
}

/** The name of a draft says whose it is, so that another run can tell one that nobody writes any more. */
function draftName(target: string): string {
  return `${draftStart(target)}${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
}

function draftStart(target: string): string {
  return `.${basename(target)}.${hostname().replaceAll(/[^A-Za-z0-9]/g, '')}-`;
}

/** Takes away the drafts of this site that runs on this machine left when they were killed. */
async function sweep(target: string): Promise<void> {
  const start = draftStart(target);
  for (const name of await readdir(dirname(target))) {
    const pid = name.startsWith(start) ? /^(\d+)-[0-9a-f]{12}\.tmp$/.exec(name.slice(start.length))?.[1] : undefined;
    if (pid !== undefined && !isRunning(Number(pid)))
      await rm(join(dirname(target), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process cannot be asked, but it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Puts the draft where the site is to be; one that stood there goes only when the new one is in its place. */
async function putInPlace(draft: string, target: string): Promise<void> {
  const old = `${draft}.old`;
  const there = await stat(target).catch(() => undefined);
  if (there) await rename(target, old);
  try {
    await rename(draft, target);
  } catch (error) {
    if (there) await rename(old, target);
    throw error;
  }
  if (there) await rm(old, { recursive: true, force: true });
}

interface Work extends Omit<SiteOptions, 'formats'> {
  readonly formats: readonly OutputFormat[];
  readonly source: Awaited<ReturnType<typeof folderSource>>;
  /** Files being written, for whoever must wait for them when the work fails. */
  readonly writing: Set<Promise<void>>;
}

async function writeAll(draft: string, work: Work): Promise<Omit<Site, 'folder'>> {
  const { source, writing, version = '0', pages = PAGES, onProgress, signal } = work;
  const house: House = { resources: RESOURCES, pages };
  const machine = remembering(await source.machine());
  const match = matcher(RESOURCES);
  const assets = await readAssets();
  const list = { files: 0, bytes: 0, pages: new Map<string, number>(), paths: [] as string[] };
  const folders = new Set<string>();
  const write = async (path: string, content: string | Uint8Array): Promise<void> => {
    const file = join(draft, path);
    const folder = dirname(file);
    if (!folders.has(folder)) {
      await mkdir(folder, { recursive: true });
      folders.add(folder);
    }
    await writeFile(file, content);
    list.files++;
    list.bytes += typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength;
    list.paths.push(path);
  };

  const queue: Match[] = [];
  const met = new Set<string>();
  const causes = new Set(machine.timeline().events.flatMap(({ because }) => because));
  const meet = (path: string): Match | undefined => {
    const found = match(path);
    if (typeof found !== 'object') return undefined;
    // Nothing falls with most events; each such page would cost as much as that of an Act.
    if (found.resource.name === 'without' && !causes.has(found.params.event ?? '')) return undefined;
    if (found.extension === undefined && !met.has(found.path)) {
      met.add(found.path);
      queue.push(found);
    }
    return found;
  };
  for (const path of seeds(machine, source.today())) meet(path);

  let done = 0;
  let trouble: unknown;
  const put = async (path: string, content: string | Uint8Array): Promise<void> => {
    if (writing.size >= AT_ONCE) await Promise.race(writing);
    if (trouble) throw trouble;
    const one = write(path, content)
      .catch((error: unknown) => {
        trouble ??= error;
      })
      .finally(() => writing.delete(one));
    writing.add(one);
  };

  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    signal?.throwIfAborted();
    const { resource, path } = next;
    const offered = formatsOf(resource).filter(
      (format) =>
        format !== HTML &&
        work.formats.includes(format) &&
        (format === JSON_FORMAT ||
          resource.name === 'record' ||
          (EXPORTED[resource.name]?.includes(format.extension) && next.params.step === undefined)),
    );
    const here = fileOf(path, '.html');
    const links = fileLinks(here, meet);
    const ask = askOf(next, {}, links, {
      formats: ASKING.has(resource.name) ? [] : formatLinks(path, offered, here),
      fixed: true,
      lessons: source.lessons,
    });
    if (ASKING.has(resource.name)) await put(here, needsServer(links, 'npx stood find'));
    else {
      const page = await textOf(house, machine, resource, ask, HTML).catch((error: unknown) => {
        // A page that others link to may name what this record does not hold, as a lesson of another record does.
        if (error instanceof NotInRecord) return error;
        throw error;
      });
      const held = typeof page === 'string';
      await put(here, held ? page : notHeld(ask, page));
      for (const format of held ? offered : [])
        await put(fileOf(path, format.extension), await textOf(house, machine, resource, ask, format));
    }
    list.pages.set(resource.name, (list.pages.get(resource.name) ?? 0) + 1);
    onProgress?.(++done, done + queue.length);
  }

  const supposing = fileOf(SUPPOSING, '.html');
  await put(supposing, needsServer(fileLinks(supposing, meet), 'npx stood without'));
  for (const file of assets.files) await put(`assets/${file}`, assets.get(file)?.body ?? '');
  const log = (await source.log()).after(undefined, Number.MAX_SAFE_INTEGER);
  const changes = changesOf(machine, log?.events ?? [], '.').map(({ href, ...change }) => ({
    ...change,
    href: `${href}.html`,
  }));
  await put('changes.json', `${JSON.stringify({ edition: machine.edition, changes }, undefined, 2)}\n`);
  await put('timemap.link', timeMap(machine, source.today(), '.').replaceAll(/(\/at(?:\/[\d-]+)?)>/g, '$1.html>'));
  await Promise.all(writing);
  if (trouble) throw trouble;

  const site = {
    edition: machine.edition,
    today: isoDay(source.today()),
    pages: Object.fromEntries([...list.pages].sort()),
  };
  const manifest = { program: 'as-it-stood', version, ...site, files: list.paths.sort() };
  await write(MANIFEST, `${JSON.stringify(manifest, undefined, 1)}\n`);
  return { ...site, files: list.files, bytes: list.bytes };
}

/** Where to begin; the rest is what these link to. */
function seeds(machine: Machine, today: Day): readonly string[] {
  const { bodies } = machine.material();
  return [
    '/',
    ...RESOURCES.flatMap(({ paths }) => paths.filter((path) => !path.includes('{'))),
    ...changeDays(machine, today).map((day) => `/at/${isoDay(day)}`),
    ...bodies.map(({ id }) => `/body/${id}`),
    ...machine.milestones().flatMap(({ milestone }) => {
      const { steps } = machine.replay(milestone);
      return [`/reform/${milestone}`, ...steps.map(({ step }) => `/reform/${milestone}/${step}`)];
    }),
  ];
}

/** Answers to one question kept for the next formats of the same address, which ask it again; reforms for all their steps. */
const REMEMBERED = 8;

/** A machine that knows the last answers it gave to each question: the page of an address and every format of it ask the same. */
function remembering(machine: Machine): Machine {
  return Object.fromEntries(
    Object.entries(machine).map(([question, answer]) => {
      if (typeof answer !== 'function') return [question, answer];
      const known = new Map<string, unknown>();
      const ask = (...asked: readonly unknown[]): unknown => {
        const key = JSON.stringify(asked);
        const found = known.has(key) ? known.get(key) : Reflect.apply(answer, machine, asked);
        known.delete(key);
        known.set(key, found);
        if (known.size > REMEMBERED) known.delete(known.keys().next().value as string);
        return found;
      };
      return [question, ask];
    }),
  ) as unknown as Machine;
}

/** The file of an address: `/` is `index.html`, `/at/2013-04-01` is `at/2013-04-01.html`. */
function fileOf(path: string, extension: string): string {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  const unfit = parts.find((part) => !NAME.test(part));
  if (unfit !== undefined)
    throw new AskedWrongly(`“${unfit}” cannot be the name of a file`, 'the record has an id of another form');
  return parts.length === 0 ? `index${extension}` : `${parts.join('/')}${extension}`;
}

function relativeTo(here: string, file: string): string {
  return encodeURI(posix.relative(posix.dirname(here), file)) || posix.basename(file);
}

/** Files that stand for addresses which are no page. */
const FILES: Readonly<Record<string, string>> = {
  '/changes': 'changes.json',
  '/changes.json': 'changes.json',
  '/timemap': 'timemap.link',
};

/** How addresses are written in a site: relative, the query left out, since files cannot be asked. */
function fileLinks(here: string, meet: (path: string) => Match | undefined): Links {
  return {
    to: (path) => {
      const { bare, fragment } = split(path);
      const special = FILES[bare];
      if (special !== undefined) return relativeTo(here, special);
      const found = meet(bare);
      if (found === undefined) {
        const instead = bare.startsWith(`${SUPPOSING}/`) ? fileOf(SUPPOSING, '.html') : 'api.html';
        return `${relativeTo(here, instead)}${fragment}`;
      }
      return `${relativeTo(here, fileOf(found.path, found.extension ?? '.html'))}${fragment}`;
    },
    asset: (file) => relativeTo(here, `assets/${file}`),
  };
}

function formatLinks(path: string, formats: readonly OutputFormat[], here: string): readonly Format[] {
  return formats.map(({ extension, title }) => ({ extension, title, href: relativeTo(here, fileOf(path, extension)) }));
}

function notHeld(ask: Ask, { message }: NotInRecord): string {
  return plainTrouble({
    ...ask,
    trouble: { status: 404, title: 'This record does not hold it', detail: message, near: [] },
  });
}

function needsServer(links: Links, command: string): string {
  return bareDocument(
    'This needs a server',
    `<p>These pages are files, and files cannot be asked. Run <code>npx stood serve</code>, or <code>${command}</code>.</p>\n<p><a href="${links.to('/')}">As It Stood</a></p>`,
  );
}
