import { isUtf8 } from 'node:buffer';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { isoDay } from '../time/day.ts';
import { KIND_NAMES } from '../vocabulary/kinds.ts';
import { resolveBeliefs } from './believe.ts';
import { readDivergences } from './divergences.ts';
import { explain } from './explain.ts';
import { editionOf, LOCK_FILE, readLock } from './lock.ts';
import { didYouMean } from './near.ts';
import { compareText } from './order.ts';
import { originOf } from './origins.ts';
import { dateReader, type ReadEvent, readEvent } from './read-event.ts';
import { sortProblems } from './report.ts';
import { coverageSchema, milestoneSchema, sourceId, sourceSchema } from './schemas.ts';
import type { CoverageSpan, LoadedRecord, LockLine, Milestone, Problem, RecordedEvent, Source } from './types.ts';
import { LARGEST_FILE, readYaml, type YamlFile } from './yaml.ts';

const SOURCES_FILE = 'sources.yaml';
const COVERAGE_FILE = 'coverage.yaml';
const DIVERGENCES_FILE = 'divergences.yaml';
/** Files of the shelf that hold no events. */
const OTHER_FILES: readonly string[] = [SOURCES_FILE, COVERAGE_FILE, DIVERGENCES_FILE];

/**
 * Reads the record in a folder: every milestone file, `sources.yaml`, `coverage.yaml`, `divergences.yaml` and `record.lock`.
 * Never throws for what the files hold: everything wrong in any of them is in `problems`, all at once, and what could be read is there.
 */
export async function loadRecord(folder: string): Promise<LoadedRecord> {
  const problems: Problem[] = [];
  const shelf = basename(resolve(folder));
  const texts = await readFolder(folder, shelf, problems);
  const yaml = (name: string): YamlFile | undefined => {
    const text = texts.get(name);
    if (text === undefined) return undefined;
    const file = readYaml(`${shelf}/${name}`, text);
    problems.push(...file.problems);
    return file.value === undefined ? undefined : file;
  };
  const [sources, coverage, divergences] = [yaml(SOURCES_FILE), yaml(COVERAGE_FILE), yaml(DIVERGENCES_FILE)];
  const milestones = [...texts.keys()]
    .filter((name) => !OTHER_FILES.includes(name))
    .flatMap((name) => {
      const file = yaml(name);
      return file === undefined ? [] : [{ name, file }];
    });
  const lock = await readLock(folder, `${shelf}/${LOCK_FILE}`);
  problems.push(...lock.problems);
  return assembleRecord({ folder, sources, coverage, divergences, milestones, lock: lock.lines, problems });
}

/** The parts of a record before they are read together: from a folder, or from wherever else they are kept. */
export interface RecordParts {
  readonly folder: string;
  readonly sources: YamlFile | undefined;
  readonly coverage: YamlFile | undefined;
  readonly divergences: YamlFile | undefined;
  /** In the order of their names. */
  readonly milestones: readonly MilestoneFile[];
  readonly lock: readonly LockLine[];
  /** What is known to be wrong with them already. */
  readonly problems: readonly Problem[];
}

/** The file of one milestone. */
export interface MilestoneFile {
  /** Its name within the folder: `2020-04-01-ccg-mergers-2020.yaml`. */
  readonly name: string;
  readonly file: YamlFile;
  /** Version of the schema that an event was written by where it does not say so itself. */
  readonly schemaOf?: ((sequence: number) => number | undefined) | undefined;
}

/** Reads the parts of a record together: events against sources, corrections against events, coverage against kinds. */
export function assembleRecord(parts: RecordParts): LoadedRecord {
  const problems: Problem[] = [...parts.problems];
  const sources = readSources(parts.sources, problems);
  const milestones = parts.milestones
    .map((each) => readMilestone(each, sources, problems))
    .filter((milestone) => milestone !== undefined);
  noteDuplicates(milestones, problems);
  const events = milestones.flatMap((milestone) => milestone.events);
  const coverage = readCoverage(parts.coverage, events, problems);
  const divergences = readDivergences(parts.divergences, problems);
  const { believed, problems: doubts } = resolveBeliefs(events, (written, original, correction) =>
    reread(written, original, correction, milestones, sources),
  );
  problems.push(...doubts);
  return {
    folder: parts.folder,
    milestones,
    sources,
    coverage,
    divergences,
    believed,
    lock: parts.lock,
    edition: editionOf(events, parts.lock),
    problems: sortProblems(problems),
  };
}

/** The texts of the YAML files in a folder, by name in the order of their code units. */
async function readFolder(folder: string, shelf: string, problems: Problem[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => /\.ya?ml$/i.test(name)).sort(compareText);
  } catch (error) {
    problems.push(
      unreadable(
        shelf,
        `the folder ${folder} cannot be read (${codeOf(error)})`,
        'name the folder that holds the record, usually events',
      ),
    );
    return texts;
  }
  for (const name of names) {
    const file = `${shelf}/${name}`;
    try {
      const about = await stat(join(folder, name));
      if (!name.endsWith('.yaml'))
        problems.push(
          unreadable(file, 'the files of the record end in .yaml', `rename it ${name.replace(/\.ya?ml$/i, '.yaml')}`),
        );
      else if (!about.isFile())
        problems.push(
          unreadable(
            file,
            about.isDirectory() ? 'this is a folder, not a file' : 'this is not a file',
            'move it out of the record',
          ),
        );
      else if (about.size > LARGEST_FILE)
        problems.push(
          unreadable(
            file,
            `the file is too large (${(about.size / 1024 / 1024).toFixed(1)} MB; the limit is ${LARGEST_FILE / 1024 / 1024} MB)`,
            'split it into several milestones',
          ),
        );
      else {
        const text = decode(await readFile(join(folder, name)), file, problems);
        if (text !== undefined) texts.set(name, text);
      }
    } catch (error) {
      const code = codeOf(error);
      problems.push(
        unreadable(
          file,
          code === 'ELOOP' ? 'this link leads back to itself' : `the file cannot be read (${code})`,
          'see that it is a plain file and that you may read it',
        ),
      );
    }
  }
  return texts;
}

function decode(bytes: Buffer, file: string, problems: Problem[]): string | undefined {
  const text = new TextDecoder().decode(bytes);
  if (isUtf8(bytes)) return text;
  const before = text.slice(0, Math.max(0, text.indexOf('\ufffd'))).split('\n');
  problems.push({
    file,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    rule: 'yaml',
    severity: 'error',
    message: 'the file is not UTF-8 text from here on',
    hint: 'save it as UTF-8',
  });
  return undefined;
}

function unreadable(file: string, message: string, hint: string): Problem {
  return { file, line: 1, column: 1, rule: 'file', severity: 'error', message, hint };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown error';
}

function entriesOf(file: YamlFile, problems: Problem[]): [string, unknown][] {
  if (typeof file.value === 'object' && file.value !== null && !Array.isArray(file.value))
    return Object.entries(file.value);
  problems.push({
    ...file.at([]),
    rule: 'shape',
    severity: 'error',
    message: 'this file should be a map of ids to sources',
  });
  return [];
}

function readSources(file: YamlFile | undefined, problems: Problem[]): Map<string, Source> {
  const sources = new Map<string, Source>();
  if (file === undefined) return sources;
  for (const [id, value] of entriesOf(file, problems)) {
    const dates = dateReader(file, [id], problems);
    if (!sourceId.safeParse(id).success)
      problems.push({
        ...file.atKey([id]),
        rule: 'shape',
        severity: 'error',
        message: `${id.slice(0, 60)} cannot be the id of a source`,
        hint: 'an id is lower-case words joined by hyphens',
      });
    const read = sourceSchema.safeParse(value);
    if (!read.success) {
      problems.push(...explain(read.error.issues, value, sourceSchema, [id], file));
      continue;
    }
    const { published, accessed, url, licence, note, ...plain } = read.data;
    const publishedDate = published === undefined ? undefined : dates.read(published, ['published']);
    const accessedDate = accessed === undefined ? undefined : dates.read(accessed, ['accessed']);
    sources.set(id, {
      id,
      ...plain,
      ...(url === undefined ? {} : { url }),
      ...(publishedDate === undefined ? {} : { published: publishedDate }),
      ...(accessedDate === undefined ? {} : { accessed: accessedDate }),
      ...(licence === undefined ? {} : { licence }),
      ...(note === undefined ? {} : { note }),
      place: file.atKey([id]),
    });
  }
  return sources;
}

function readMilestone(
  { file, name, schemaOf }: MilestoneFile,
  sources: ReadonlyMap<string, Source>,
  problems: Problem[],
): Milestone | undefined {
  const head = milestoneSchema.safeParse(file.value);
  const raw = (file.value ?? {}) as {
    readonly milestone?: unknown;
    readonly recorded?: unknown;
    readonly events?: unknown;
  };
  if (!head.success) problems.push(...explain(head.error.issues, file.value, milestoneSchema, [], file));
  const recorded =
    typeof raw.recorded === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(raw.recorded)
      ? dateReader(file, [], problems).readDay(raw.recorded, ['recorded'])
      : undefined;
  const slug = typeof raw.milestone === 'string' ? raw.milestone : '';
  if (head.success && !name.endsWith(`-${slug}.yaml`)) {
    problems.push({
      ...file.at(['milestone']),
      rule: 'file',
      severity: 'warning',
      message: `the file ${name} does not bear the name of its milestone`,
      hint: `call it <first date>-${slug}.yaml`,
    });
  }
  const events: RecordedEvent[] = [];
  for (const [sequence, written] of (Array.isArray(raw.events) ? raw.events : []).entries()) {
    const read = readEvent(written, {
      milestone: slug,
      recorded: recorded ?? 0,
      recordedText: String(raw.recorded),
      sequence,
      sources,
      locator: file,
      base: ['events', sequence],
      schema: schemaOf?.(sequence),
    });
    problems.push(...read.problems);
    if (read.event) events.push(read.event);
  }
  if (!head.success || recorded === undefined) return undefined;
  return {
    slug,
    title: head.data.title,
    summary: head.data.summary,
    recorded,
    themes: head.data.themes ?? [],
    events,
    place: file.at([]),
  };
}

/** Reads a corrected wording of an event afresh, as its own file would have given it. */
export function reread(
  written: Readonly<Record<string, unknown>>,
  original: RecordedEvent,
  correction: RecordedEvent,
  milestones: readonly Pick<Milestone, 'slug'>[],
  sources: ReadonlyMap<string, Source>,
): ReadEvent {
  const origin = originOf(correction);
  const milestone = milestones.find(({ slug }) => slug === original.milestone);
  if (origin === undefined || milestone === undefined) return { problems: [] };
  return readEvent(written, {
    milestone: original.milestone,
    recorded: original.recorded,
    recordedText: isoDay(original.recorded),
    sequence: original.sequence,
    sources,
    locator: origin.locator,
    base: [...origin.base, 'data', 'replacement'],
  });
}

function noteDuplicates(milestones: Milestone[], problems: Problem[]): void {
  const slugs = new Map<string, Milestone>();
  const ids = new Map<string, RecordedEvent>();
  for (const [i, milestone] of milestones.entries()) {
    const same = slugs.get(milestone.slug);
    if (same)
      problems.push({
        ...milestone.place,
        rule: 'duplicate-id',
        severity: 'error',
        message: `the milestone ${milestone.slug} stands in ${same.place.file} too`,
        hint: 'give one of them another name',
      });
    else slugs.set(milestone.slug, milestone);
    const kept = milestone.events.filter((event) => {
      const first = ids.get(event.id);
      if (first === undefined) return ids.set(event.id, event) !== undefined;
      problems.push({
        ...event.place,
        rule: 'duplicate-id',
        severity: 'error',
        message: `the event ${event.id} stands at ${first.place.file}:${first.place.line} already`,
        hint: 'give one of them another id',
      });
      return false;
    });
    if (kept.length < milestone.events.length) milestones[i] = { ...milestone, events: kept };
  }
}

function readCoverage(
  file: YamlFile | undefined,
  events: readonly RecordedEvent[],
  problems: Problem[],
): CoverageSpan[] {
  if (file === undefined) return [];
  const whole = file.value as { readonly coverage?: unknown } | null;
  const spans = Array.isArray(whole?.coverage) && Object.keys(whole).length === 1 ? whole.coverage : whole;
  const base = spans === whole ? [] : ['coverage'];
  if (!Array.isArray(spans)) {
    problems.push({
      ...file.at([]),
      rule: 'shape',
      severity: 'error',
      message: 'coverage is a list of spans',
      hint: 'begin each with - { of: …, from: …, to: …, completeness: … }',
    });
    return [];
  }
  const known = new Set<string>(KIND_NAMES);
  for (const { type, data } of events)
    if (type === 'StatusCreated') known.add((data as { readonly status: string }).status);
  return spans.flatMap((value: unknown, i): CoverageSpan[] => {
    const here = [...base, i];
    const read = coverageSchema.safeParse(value);
    if (!read.success) {
      problems.push(...explain(read.error.issues, value, coverageSchema, here, file));
      return [];
    }
    const dates = dateReader(file, here, problems);
    const { of, completeness, note, sources = [] } = read.data;
    const [from, to] = [dates.readDay(read.data.from, ['from']), dates.readDay(read.data.to, ['to'])];
    if (!known.has(of))
      problems.push({
        ...file.at([...here, 'of']),
        rule: 'shape',
        severity: 'error',
        message: `${of} is neither a kind of body nor a status of the record`,
        hint: didYouMean(of, known) ?? '`stood kinds` lists them',
      });
    if (from === undefined || to === undefined) return [];
    if (from >= to)
      problems.push({
        ...file.at([...here, 'to']),
        rule: 'date',
        severity: 'error',
        message: 'this span ends before it begins',
        hint: '`to` is the first day no longer covered',
      });
    return [{ of, from, to, completeness, ...(note === undefined ? {} : { note }), sources, place: file.at(here) }];
  });
}
