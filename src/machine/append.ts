import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { assembleRecord } from '../record/load.ts';
import { sortProblems } from '../record/report.ts';
import { checkRecord } from '../record/rules/index.ts';
import type { LoadedRecord, Problem } from '../record/types.ts';
import { LARGEST_FILE, type Path, readYaml, type YamlFile } from '../record/yaml.ts';
import { WrongExpectedRevision } from '../store/errors.ts';
import type { EventStore } from '../store/port.ts';
import { inOrder, type Shelf } from '../store/shelf.ts';
import { AskedWrongly } from './errors.ts';
import { type PlannedAppend, planPush } from './push.ts';
import { partsOf, readShelf } from './stored-record.ts';

/** What came of appending a milestone. */
export type AppendedMilestone =
  | {
      readonly ok: true;
      readonly milestone: string;
      readonly stream: string;
      readonly appended: number;
      readonly revision: number;
      readonly warnings: readonly Problem[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

interface AppendFileOptions {
  readonly dryRun?: boolean | undefined;
  readonly strict?: boolean | undefined;
  /** Heeded until the first append; what is begun then is finished. */
  readonly signal?: AbortSignal | undefined;
}

interface AppendTextOptions {
  readonly dryRun?: boolean | undefined;
  readonly expected?: number | 'none' | undefined;
}

/**
 * Appends a milestone file to a store, whole or not at all: reads and checks it, lints it against everything that is there,
 * and appends its events in one append that nobody else's can come between. The sources it cites come from the store or from a
 * `sources.yaml` (beside the file unless named). A milestone that stands there already gets the events it does not have yet.
 * Throws what the store throws: `WrongExpectedRevision` when somebody else appended to the milestone meanwhile.
 */
export async function appendMilestone(
  store: EventStore,
  file: string,
  { sources, ...options }: AppendFileOptions & { readonly sources?: string | undefined } = {},
): Promise<AppendedMilestone> {
  return appendRead(store, file, readYaml(file, await textOf(file)), await sourcesFor(file, sources), options);
}

/** A file that is not on the disk: what to call it where problems are told, and its text. */
export interface WrittenFile {
  readonly name: string;
  readonly text: string;
}

/**
 * The same for a milestone that came as text. With `expected` the milestone must stand in the store as told: with its last event at this
 * revision, or not at all (`none`); throws `WrongExpectedRevision` when it does not.
 */
export async function appendWritten(
  store: EventStore,
  milestone: WrittenFile,
  { sources, ...options }: AppendTextOptions & { readonly sources?: WrittenFile | undefined } = {},
): Promise<AppendedMilestone> {
  return appendRead(
    store,
    milestone.name,
    readYaml(milestone.name, milestone.text),
    sources && readYaml(sources.name, sources.text),
    options,
  );
}

async function appendRead(
  store: EventStore,
  file: string,
  written: YamlFile,
  sources: YamlFile | undefined,
  options: AppendFileOptions & AppendTextOptions,
): Promise<AppendedMilestone> {
  const name = path.basename(file);
  if (typeof written.value !== 'object' || written.value === null || Array.isArray(written.value)) {
    const [known] = written.problems;
    const shape: Problem = {
      ...written.at([]),
      rule: 'shape',
      severity: 'error',
      message: 'a milestone is a map: milestone, title, summary, recorded, events',
      hint: 'see docs/adding.md',
    };
    return { ok: false, problems: known === undefined ? [shape] : written.problems };
  }
  const shelf = await readShelf(store, { strict: options.strict, signal: options.signal });
  const slug = (written.value as { readonly milestone?: unknown }).milestone;
  const { expected } = options;
  const found = shelf.milestones.get(typeof slug === 'string' ? slug : '')?.last;
  if (expected !== undefined && typeof slug === 'string' && found !== (expected === 'none' ? undefined : expected))
    throw new WrongExpectedRevision(`milestone-${slug}`, expected, found);
  const merged = mergedWith(written, shelf, typeof slug === 'string' ? slug : '');
  const parts = partsOf(shelf, store.url);
  const before = assembleRecord(parts);
  const registered = registry(parts.sources, sources, citedIn(written.value));
  const others = parts.milestones.filter(
    ({ file: other }) => (other.value as { readonly milestone?: unknown }).milestone !== slug,
  );
  const record = assembleRecord({
    ...parts,
    sources: registered,
    milestones: [...others, { name, file: merged.file, schemaOf: merged.schemaOf }],
    problems: [...parts.problems, ...written.problems, ...(sources?.problems ?? [])],
  });
  const fresh = newProblems(before, record);
  const plan = planPush(only(record, String(slug)), shelf);
  const conflicts = plan.conflicts.map(
    ({ message }): Problem => ({
      file,
      line: 1,
      column: 1,
      rule: 'locked-event-edited',
      severity: 'error',
      message,
      hint: 'put it back as it was',
    }),
  );
  const problems = sortProblems([...fresh, ...conflicts]);
  if (problems.some(({ severity }) => severity === 'error')) return { ok: false, problems };
  const appends = plan.appends.filter(
    ({ stream }) => stream === `milestone-${String(slug)}` || stream === 'registry-sources',
  );
  const own = appends.filter(({ stream }) => stream !== 'registry-sources');
  let revision = shelf.milestones.get(String(slug))?.last ?? -1;
  options.signal?.throwIfAborted();
  if (!options.dryRun) {
    for (const { stream, expected, events } of inAppendingOrder(appends)) {
      const done = await store.append(stream, events, { expected });
      if (stream !== 'registry-sources') revision = done.revision;
    }
  }
  return {
    ok: true,
    milestone: String(slug),
    stream: `milestone-${String(slug)}`,
    appended: own.reduce((sum, { events }) => sum + events.length, 0),
    revision,
    warnings: problems,
  };
}

/** Sources first: an event never stands in the store before what it cites. */
function inAppendingOrder(appends: readonly PlannedAppend[]): readonly PlannedAppend[] {
  return [...appends].sort((a, b) => Number(b.stream === 'registry-sources') - Number(a.stream === 'registry-sources'));
}

/** The record reduced to one milestone and the registry, for planning what to append. */
function only(record: LoadedRecord, slug: string): LoadedRecord {
  return { ...record, milestones: record.milestones.filter((milestone) => milestone.slug === slug) };
}

function newProblems(before: LoadedRecord, after: LoadedRecord): Problem[] {
  const key = ({ rule, message }: Problem): string => `${rule} ${message}`;
  const known = new Set(checkRecord(before).map(key));
  return checkRecord(after).filter((problem) => !known.has(key(problem)));
}

async function textOf(file: string): Promise<string> {
  try {
    const about = await stat(file);
    if (!about.isFile())
      throw new AskedWrongly(
        `${file} is not a file`,
        'give a milestone file, for instance: stood append 2026-04-01-my-milestone.yaml',
      );
    if (about.size > LARGEST_FILE)
      throw new AskedWrongly(
        `${file} is too large (${(about.size / 1024 / 1024).toFixed(1)} MB; the limit is ${LARGEST_FILE / 1024 / 1024} MB)`,
        'split it into several milestones',
      );
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof AskedWrongly) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    throw new AskedWrongly(
      code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
        ? `${file} is not UTF-8 text`
        : `${file} cannot be read (${code ?? 'unknown error'})`,
      'give a milestone file, for instance: stood append 2026-04-01-my-milestone.yaml',
    );
  }
}

async function sourcesFor(file: string, named: string | undefined): Promise<YamlFile | undefined> {
  const beside = path.join(path.dirname(file), 'sources.yaml');
  if (named !== undefined) return readYaml(named, await textOf(named));
  try {
    return readYaml(beside, await textOf(beside));
  } catch {
    return undefined;
  }
}

function citedIn(value: unknown): Set<string> {
  const ids = new Set<string>();
  const { events } = value as { readonly events?: unknown };
  const add = (cited: unknown): void => {
    if (typeof cited === 'string') ids.add(cited);
    else if (typeof cited === 'object' && cited !== null && 'source' in cited && typeof cited.source === 'string')
      ids.add(cited.source);
  };
  for (const event of Array.isArray(events) ? (events as readonly (Readonly<Record<string, unknown>> | null)[]) : []) {
    for (const field of ['sources', 'dissent', 'alsoDated']) {
      const listed = event?.[field];
      if (Array.isArray(listed)) for (const cited of listed) add(cited);
    }
  }
  return ids;
}

/** The store's sources, and those that the milestone cites and the store does not have. */
function registry(
  held: YamlFile | undefined,
  given: YamlFile | undefined,
  cited: ReadonlySet<string>,
): YamlFile | undefined {
  const known = (held?.value ?? {}) as Readonly<Record<string, unknown>>;
  const offered = (given?.value ?? {}) as Readonly<Record<string, unknown>>;
  const added = Object.entries(offered).filter(([id]) => cited.has(id) && !Object.hasOwn(known, id));
  if (held === undefined || added.length === 0) return held;
  const ours = new Set(added.map(([id]) => id));
  const from = (path: Path): YamlFile => (given !== undefined && ours.has(String(path[0])) ? given : held);
  return {
    ...held,
    value: { ...known, ...Object.fromEntries(added) },
    at: (path) => from(path).at(path),
    atKey: (path) => from(path).atKey(path),
    spelling: (path) => from(path).spelling(path),
  };
}

/** The file, with the events that its milestone has in the store already before its own new ones. */
function mergedWith(
  written: YamlFile,
  shelf: Shelf,
  slug: string,
): { readonly file: YamlFile; readonly schemaOf: (sequence: number) => number | undefined } {
  const held = shelf.milestones.get(slug);
  const value = written.value as { readonly events?: unknown };
  const given = Array.isArray(value.events) ? (value.events as readonly unknown[]) : [];
  const idOf = (event: unknown): unknown => (event as { readonly id?: unknown } | null)?.id;
  const standing =
    held === undefined ? [] : inOrder(held).filter(({ id }) => !given.some((event) => idOf(event) === id));
  const versions = new Map(held?.events.map(({ id, metadata }) => [id, Number(metadata.schema)]));
  const events = [...standing.map((event) => event.written as unknown), ...given];
  const shifted = (path: Path): Path =>
    path[0] === 'events' && path.length > 1
      ? ['events', Math.max(0, Number(path[1]) - standing.length), ...path.slice(2)]
      : path;
  return {
    file: {
      ...written,
      value: Array.isArray(value.events) ? { ...value, events } : value,
      at: (path) => written.at(shifted(path)),
      atKey: (path) => written.atKey(shifted(path)),
      spelling: (path) => written.spelling(shifted(path)),
    },
    schemaOf: (sequence) => versions.get(String(idOf(events[sequence]))),
  };
}
