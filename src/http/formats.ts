import { EXPORTERS, type Exporter } from '../exporters/index.ts';
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

/** The formats of the exporters that make one text; of two with one ending the first is meant. */
const EXPORTED: readonly OutputFormat[] = EXPORTERS.filter(
  ({ extension }, place) =>
    extension !== '' &&
    extension !== HTML.extension &&
    extension !== JSON_FORMAT.extension &&
    EXPORTERS.findIndex((other) => other.extension === extension) === place,
).map((exporter) => ({
  extension: exporter.extension,
  mediaType: exporter.mediaType,
  title: titled(exporter.name),
  exporter,
}));

/** Every format that any address answers in. */
export const OUTPUT_FORMATS: readonly OutputFormat[] = [HTML, JSON_FORMAT, ...EXPORTED];

/** The formats of one address. */
export function formatsOf(resource: Resource, ask?: Pick<Ask, 'without'>): readonly OutputFormat[] {
  return [
    HTML,
    ...(resource.answer ? [JSON_FORMAT] : []),
    // No exporter marks what is supposed; a counterfactual leaves as JSON or not at all.
    ...(resource.material && ask?.without === undefined ? EXPORTED : []),
  ];
}

/** The whole text that an exporter makes of an address. */
export function exported(exporter: Exporter, machine: Machine, resource: Resource, ask: Ask): string {
  const output = exporter.write(machine.material(resource.material?.(ask)));
  if (output.is !== 'text') throw new TypeError(`${exporter.name} makes no text`);
  return [...output.chunks].join('');
}

function titled(name: string): string {
  return name.length <= 5 ? name.toUpperCase() : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
