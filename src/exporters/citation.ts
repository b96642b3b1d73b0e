import type { EventAnswer, Material, SourceAnswer } from '../machine/index.ts';
import { isoDay, parseIsoDay } from '../time/day.ts';
import { inWords } from './dates.ts';

/** The record itself, as CITATION.cff has it. */
export const RECORD = {
  title: 'As It Stood: an event-sourced record of NHS reform in England',
  short: 'As It Stood',
  author: 'The contributors to As It Stood',
  licence: 'https://creativecommons.org/licenses/by/4.0/',
} as const;

/** The sources of a material by their ids: an event cites them without their publisher. */
export function sourcesById({ sources }: Material): ReadonlyMap<string, SourceAnswer> {
  return new Map(sources.map((source) => [source.source, source]));
}

/** A source as a footnote names it: `Publisher, Title, 14 February 2020, art. 3, https://…`. */
function sourceInWords(source: SourceAnswer, at?: string): string {
  return [source.publisher, source.title, source.published && inWords(source.published), at, source.url]
    .filter(Boolean)
    .join(', ');
}

/** Everything that says so, in one cell: the sources of events, and the edition of the record that was asked. */
export function citationOf(events: readonly EventAnswer[], material: Material, by = sourcesById(material)): string {
  const said = new Set<string>();
  for (const event of events)
    for (const { source, at } of event.sources) {
      const full = by.get(source);
      if (full) said.add(sourceInWords(full, at));
    }
  return [...said, editionInWords(material)].join('; ');
}

/** The edition that an answer came from: `As It Stood, edition 0d4da1479e53f00d…`. */
export function editionInWords({ edition }: Material): string {
  return `${RECORD.short}, edition ${edition}`;
}

/** What was asked with which clocks, where they were set: `as published by 1 November 2021`. */
export function clocksInWords({ publishedBy, recordedBy, dates }: Material): string {
  return [
    publishedBy && `as made public by ${inWords(publishedBy)}`,
    recordedBy && `as recorded by ${inWords(recordedBy)}`,
    dates === 'operational' ? 'by operational dates' : undefined,
  ]
    .filter(Boolean)
    .join(', ');
}

/** The day the answer is of: the one it was asked to be recorded by, or that of the newest event told; nobody's today. */
export function dayOfAnswer({ recordedBy, events, cited }: Material): string | undefined {
  return (
    recordedBy ??
    [...events, ...cited]
      .map(({ recorded }) => recorded)
      .sort()
      .at(-1)
  );
}

/** A period as people write it, from its half-open dates: `from 1 April 2013 until 31 March 2020`. */
export function periodInWords(from: string, until: string | null): string {
  if (until === null) return `from ${inWords(from)}, no end known`;
  const last = lastDayBefore(until);
  return last === undefined
    ? `from ${inWords(from)}; ended ${inWords(until)}`
    : `from ${inWords(from)} until ${inWords(last)}`;
}

/** The last day of a period that ends before a day; undefined when it ends less exactly. */
export function lastDayBefore(until: string): string | undefined {
  const day = parseIsoDay(until);
  return day === undefined ? undefined : isoDay(day - 1);
}
