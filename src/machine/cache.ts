import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Compiled } from './compile.ts';
import type { Cites, Header, Index, Kept } from './stored.ts';

/** A compiled record opened for reading: the parts that not every question needs are read when asked for. */
export interface OpenCompiled {
  readonly header: Header;
  readonly timeline: Uint8Array;
  readonly events: () => Uint8Array;
  readonly index: () => Index;
  readonly cites: () => Cites;
  readonly operational: () => Uint8Array;
  readonly kept: () => Kept | undefined;
}

const here = fileURLToPath(import.meta.url);
const built = here.endsWith('.js');
/** The root of the package: the nearest folder above that holds a package.json, wherever the build has put this file. */
export const PACKAGE_ROOT = rootAbove(path.dirname(here));
const CACHE = built
  ? path.join(PACKAGE_ROOT, 'dist', 'record')
  : path.join(PACKAGE_ROOT, 'node_modules', '.cache', 'as-it-stood');
/** Compiled records kept beside the build. */
const KEEP = 6;

function rootAbove(folder: string): string {
  const above = path.dirname(folder);
  return above === folder || fs.existsSync(path.join(folder, 'package.json')) ? folder : rootAbove(above);
}

interface Manifest {
  readonly folder: string;
  readonly files: readonly (readonly [name: string, size: number, modified: number])[];
  readonly hash: string;
}

/** The folder of the record that the package ships. */
export const SHIPPED_RECORD = path.join(PACKAGE_ROOT, 'events');

function listing(folder: string): Manifest['files'] {
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') || name === 'record.lock')
    .sort()
    .map((name) => {
      const { size, mtimeMs } = fs.statSync(path.join(folder, name));
      return [name, size, mtimeMs] as const;
    });
}

/** SHA-256 over the names and bytes of the record's files, and over the code that compiles them when it runs from source. */
function contentHash(folder: string, files: Manifest['files'], format: number): string {
  const hash = createHash('sha256').update(`as-it-stood ${format}\n`);
  const add = (file: string, name: string) => hash.update(`${name}\0`).update(fs.readFileSync(file)).update('\0');
  for (const [name] of files) add(path.join(folder, name), name);
  addCode(add);
  return hash.digest('hex');
}

/** The code that compiles a record decides what comes of it: hashed too when it runs from source. */
function addCode(add: (file: string, name: string) => void): void {
  if (built) return;
  for (const room of [
    'projections',
    'src/vocabulary',
    'src/vocabulary/events',
    'src/time',
    'src/timeline',
    'src/record',
    'src/machine',
  ]) {
    const directory = path.join(PACKAGE_ROOT, room);
    for (const name of fs.readdirSync(directory).sort())
      if (name.endsWith('.ts')) add(path.join(directory, name), `${room}/${name}`);
  }
}

function readManifest(file: string): Manifest | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

/** Which compiled form belongs to a folder as it now stands. Sizes and times that have not changed spare the hashing. */
function identify(
  folder: string,
  format: number,
): { hash: string; manifest: string; fresh: boolean; files: Manifest['files'] } {
  const files = listing(folder);
  const manifest = path.join(CACHE, `${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.manifest.json`);
  const known = built ? readManifest(manifest) : undefined;
  if (known && known.folder === folder && JSON.stringify(known.files) === JSON.stringify(files)) {
    return { hash: known.hash, manifest, fresh: true, files };
  }
  return { hash: contentHash(folder, files, format), manifest, fresh: false, files };
}

/** What was worked out beforehand; without it, as where the file was damaged, everything is worked out when asked for. */
function readKept(file: string): Kept | undefined {
  try {
    const { generations, series } = JSON.parse(fs.readFileSync(file, 'utf8')) as Partial<Kept>;
    return generations && series && { generations, series };
  } catch {
    return undefined;
  }
}

function open(directory: string, format: number): OpenCompiled | undefined {
  try {
    const header = JSON.parse(fs.readFileSync(path.join(directory, 'header.json'), 'utf8')) as Header;
    if (header.format !== format) return undefined;
    return {
      header,
      timeline: fs.readFileSync(path.join(directory, 'timeline.bin')),
      events: () => fs.readFileSync(path.join(directory, 'events.ndjson')),
      index: () => JSON.parse(fs.readFileSync(path.join(directory, 'index.json'), 'utf8')) as Index,
      cites: () => JSON.parse(fs.readFileSync(path.join(directory, 'cites.json'), 'utf8')) as Cites,
      operational: () => fs.readFileSync(path.join(directory, 'operational.bin')),
      kept: () => readKept(path.join(directory, 'kept.json')),
    };
  } catch {
    return undefined;
  }
}

function save(directory: string, compiled: Compiled): void {
  const draft = `${directory}.${process.pid}.${Date.now()}`;
  fs.mkdirSync(draft, { recursive: true });
  try {
    fs.writeFileSync(path.join(draft, 'header.json'), JSON.stringify(compiled.header));
    fs.writeFileSync(path.join(draft, 'index.json'), JSON.stringify(compiled.index));
    fs.writeFileSync(path.join(draft, 'cites.json'), JSON.stringify(compiled.cites));
    fs.writeFileSync(path.join(draft, 'timeline.bin'), compiled.timeline);
    fs.writeFileSync(path.join(draft, 'operational.bin'), compiled.operational);
    fs.writeFileSync(path.join(draft, 'events.ndjson'), compiled.events);
    fs.writeFileSync(path.join(draft, 'kept.json'), JSON.stringify(compiled.kept ?? null));
    fs.renameSync(draft, directory);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

function prune(keep: string): void {
  const folders = fs
    .readdirSync(CACHE, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== keep)
    .map((entry) => ({ name: entry.name, time: fs.statSync(path.join(CACHE, entry.name)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { name } of folders.slice(KEEP)) fs.rmSync(path.join(CACHE, name), { recursive: true, force: true });
}

/**
 * The compiled form of the record in a folder: read back when it is cached, compiled and cached when it is not.
 * A cache that cannot be written (a read-only installation) costs time, never an answer.
 */
export async function openCompiled(
  folder: string,
  format: number,
  compile: () => Promise<Compiled>,
): Promise<OpenCompiled> {
  const { hash, manifest, fresh, files } = identify(folder, format);
  const directory = path.join(CACHE, hash);
  const note = () => {
    if (fresh || !built) return;
    fs.writeFileSync(`${manifest}.${process.pid}`, JSON.stringify({ folder, files, hash } satisfies Manifest));
    fs.renameSync(`${manifest}.${process.pid}`, manifest);
  };
  const cached = open(directory, format);
  if (cached) {
    attempt(note);
    return cached;
  }
  const compiled = await compile();
  attempt(() => {
    keep(hash, compiled);
    note();
    prune(hash);
  });
  return opened(compiled);
}

/** The compiled form of content that bears a name of its own, such as the fingerprint of a store. */
export async function openCompiledAs(
  identity: string,
  format: number,
  compile: () => Promise<Compiled>,
): Promise<OpenCompiled> {
  const hash = createHash('sha256').update(`as-it-stood ${format}\n${identity}\n`);
  addCode((file, name) => hash.update(`${name}\0`).update(fs.readFileSync(file)).update('\0'));
  const name = hash.digest('hex');
  const cached = open(path.join(CACHE, name), format);
  if (cached) return cached;
  const compiled = await compile();
  attempt(() => {
    keep(name, compiled);
    prune(name);
  });
  return opened(compiled);
}

function keep(name: string, compiled: Compiled): void {
  const directory = path.join(CACHE, name);
  fs.rmSync(directory, { recursive: true, force: true });
  save(directory, compiled);
}

/** A compiled record that was just made, as one that was read back. */
export function opened(compiled: Compiled): OpenCompiled {
  return {
    header: compiled.header,
    timeline: compiled.timeline,
    events: () => compiled.events,
    index: () => compiled.index,
    cites: () => compiled.cites,
    operational: () => compiled.operational,
    kept: () => compiled.kept,
  };
}

function attempt(write: () => void): void {
  try {
    write();
  } catch {
    // The cache is a convenience: an installation that may not write there still answers.
  }
}
