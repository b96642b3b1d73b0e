import { EXPORTERS, type Exporter } from '../exporters/index.ts';
import { sheetCsv, sheetMarkdown, type TitledSheet } from '../exporters/sheet.ts';
import { supposedInWords, supposedSheet, suppositionOf } from '../exporters/supposed.ts';
import type { Machine } from '../machine/index.ts';
import type { Ask } from './page.ts';
import type { Resource } from './resource.ts';

/** A form in which addresses answer: its ending, what it is called, and how an answer becomes it. */
export interface OutputFormat {
  /** The ending that asks for it: `.json`. */
  readonly extension: string;
  readonly mediaType: string;
  readonly title: string;
  readonly exporter?: Exporter;
}

export const HTML: OutputFormat = { extension: '.html', mediaType: 'text/html; charset=utf-8', title: 'Page' };
export const JSON_FORMAT: OutputFormat = {
  extension: '.json',
  mediaType: 'application/json; charset=utf-8',
  title: 'JSON',
};

/** Formats that are not written as their names are typed. */
const WRITTEN: Readonly<Record<string, string>> = {
  ndjson: 'NDJSON',
  'json-ld': 'JSON-LD',
  'linked-places': 'Linked Places',
  ical: 'iCalendar',
  graphml: 'GraphML',
  bibtex: 'BibTeX',
  'csl-json': 'CSL-JSON',
};

/** What travels as text; a folder or a database is made by the command line. */
const TEXT = /^text\/|charset=|\+json$|\+xml$/;

/** The formats of the exporters that make one text; of two with one ending the first is meant. */
const EXPORTED: readonly OutputFormat[] = EXPORTERS.filter(
  ({ extension, mediaType }, place) =>
    extension !== '' &&
    TEXT.test(mediaType) &&
    extension !== HTML.extension &&
    extension !== JSON_FORMAT.extension &&
    EXPORTERS.findIndex((other) => other.extension === extension) === place,
).map((exporter) => ({
  extension: exporter.extension,
  mediaType: exporter.mediaType,
  title: titled(exporter.name),
  exporter,
}));

/** Endings of what can carry events and their sources, where there may be no bodies to draw or to join. */
export const CARRY_EVENTS = ['.csv', '.ndjson', '.md', '.jsonld', '.ttl', '.ics', '.bib', '.csl.json', '.ris'] as const;

/** Every format that any address answers in. */
export const OUTPUT_FORMATS: readonly OutputFormat[] = [HTML, JSON_FORMAT, ...EXPORTED];

/** What a table of plain values can be written as, by ending. */
const SHEETS: Readonly<Record<string, (sheet: TitledSheet) => string>> = { '.csv': sheetCsv, '.md': sheetMarkdown };

/** How an address answers in a format: as its page, its JSON, its table, its picture, or what an exporter makes of its material. */
export type Manner = 'page' | 'json' | 'sheet' | 'picture' | 'export';

/** The manner in which an address answers in a format; undefined when the format cannot carry the answer. */
export function mannerOf(
  resource: Resource,
  { extension }: OutputFormat,
  ask?: Pick<Ask, 'without'>,
): Manner | undefined {
  if (extension === HTML.extension) return 'page';
  if (extension === JSON_FORMAT.extension) return resource.answer ? 'json' : undefined;
  if (resource.sheet && Object.hasOwn(SHEETS, extension)) return 'sheet';
  // Neither pictures nor exporters mark what is supposed: a counterfactual leaves in what can say so in every line, or not at all.
  if (ask?.without !== undefined) return undefined;
  if (resource.picture && extension === '.svg') return 'picture';
  return resource.material && (resource.carried?.includes(extension) ?? true) ? 'export' : undefined;
}

/** The formats of one address. */
export function formatsOf(resource: Resource, ask?: Pick<Ask, 'without'>): readonly OutputFormat[] {
  return OUTPUT_FORMATS.filter((format) => mannerOf(resource, format, ask) !== undefined);
}

/** The whole text that an exporter makes of an address. */
export function exported(exporter: Exporter, machine: Machine, resource: Resource, ask: Ask): string {
  const output = exporter.write(resource.material?.(machine, ask) ?? machine.material());
  if (output.is !== 'text') throw new TypeError(`${exporter.name} makes no text`);
  return [...output.chunks].join('');
}

/** The table of an answer in the format of an ending; what is supposed is marked in every row. */
export function sheetText(extension: string, answer: unknown, sheet: TitledSheet): string {
  const supposition = suppositionOf(answer);
  const notes = [...(supposition ? [supposedInWords(supposition)] : []), ...(sheet.notes ?? [])];
  const marked = supposition ? { ...supposedSheet(sheet, supposition), title: `Hypothetical: ${sheet.title}` } : sheet;
  return (SHEETS[extension] ?? sheetCsv)({ ...marked, title: marked.title, notes });
}

function titled(name: string): string {
  const written = WRITTEN[name];
  if (written !== undefined) return written;
  return name.length <= 5 ? name.toUpperCase() : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
