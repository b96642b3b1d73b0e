import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { JSDOM } from 'jsdom';
import type { Recovered } from './index.ts';
import { textOf } from './index.ts';

interface Slide {
  readonly unique_id: string;
  readonly display_date?: string;
  readonly group?: string;
  readonly start_date?: { readonly data: { readonly year: number; readonly month?: number; readonly day?: number } };
  readonly end_date?: { readonly data: { readonly year: number; readonly month?: number; readonly day?: number } };
  readonly text: { readonly headline: string; readonly text: string };
  readonly media?: { readonly url: string; readonly caption?: string; readonly credit: string };
}

/** What the library makes of a file: slides, eras and complaints. */
export interface Config {
  readonly title: Slide;
  readonly events: readonly Slide[];
  readonly eras: readonly { readonly headline: string; readonly end_date: object }[];
  isValid(): boolean;
  getErrors(): readonly string[];
}

const BUNDLE = createRequire(import.meta.url).resolve('@knight-lab/timelinejs/dist/js/timeline.js');

/** A window with the library in it; `drawing` false keeps it from drawing what it has read. */
export function timelineWindow(drawing: boolean): JSDOM['window'] {
  const { window } = new JSDOM('<div id="timeline"></div>', { runScripts: 'outside-only', pretendToBeVisual: true });
  window.eval(readFileSync(BUNDLE, 'utf8'));
  if (!drawing) Object.defineProperty(window.document, 'readyState', { value: 'loading' });
  return window;
}

/** The file as the library reads it. */
export async function opened(window: JSDOM['window'], text: string): Promise<Config> {
  const timeline = new window.TL.Timeline('timeline', JSON.parse(text), {}) as { readonly config: Config | null };
  for (let turn = 0; timeline.config === null; turn++) {
    if (turn > 100) throw new Error('the library read nothing');
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return timeline.config;
}

const elements = (within: Element) => [...within.getElementsByTagName('*')] as HTMLElement[];
/** Elements with some data, by the name that scripts give it. Selectors of the DOM are far too slow for a thousand slides. */
const holding = (within: Element, name: string) =>
  elements(within).filter(({ dataset }) => dataset[name] !== undefined);
const one = (within: Element, name: string) =>
  elements(within).find(({ tagName, className }) => tagName === name.toUpperCase() || className === name);

let reading: JSDOM['window'] | undefined;

/** Read by the TimelineJS bundle itself, in a DOM: what it makes of the slides, its sanitiser included. */
export const readTimelineJs = async (output: Parameters<typeof textOf>[0]): Promise<readonly Recovered[]> => {
  reading ??= timelineWindow(false);
  const text = textOf(output);
  const config = await opened(reading, text);
  const written = JSON.parse(text) as { readonly events: readonly object[]; readonly eras: readonly object[] };
  const complaints = written.events.length === 0 ? [] : config.getErrors();
  if (complaints.length > 0) throw new Error(complaints.join('; '));
  if (config.events.length !== written.events.length || config.eras.length !== written.eras.length)
    throw new Error(`${written.events.length} slides written, ${config.events.length} shown`);
  const { document } = reading;
  const facts: Recovered[] = [];
  const parsed = (html: string): HTMLElement => {
    const element = document.createElement('div');
    element.innerHTML = html;
    return element;
  };
  const valueIn = (element: HTMLElement) => element.dataset.value ?? element.textContent ?? '';
  const told = (within: HTMLElement, record: string, family: string) => {
    for (const element of holding(within, 'fact'))
      facts.push({ record, field: `${family}.${element.dataset.fact}`, value: valueIn(element) });
  };

  const title = parsed(config.title.text.text);
  const clocks = holding(title, 'dates')[0];
  const { publishedBy = null, recordedBy = null, dates = '', selection = '' } = clocks?.dataset ?? {};
  facts.push({ record: 'answer', field: 'answer.clocks', value: JSON.stringify({ publishedBy, recordedBy, dates }) });
  facts.push({ record: 'answer', field: 'answer.selection', value: selection });
  for (const element of holding(title, 'fact').filter(({ dataset }) => dataset.fact === 'edition'))
    facts.push({ record: 'answer', field: 'answer.edition', value: valueIn(element) });
  const notes = holding(title, 'note').map(valueIn);
  facts.push({ record: 'answer', field: 'answer.notes', value: notes.join('; ') });
  for (const item of holding(title, 'milestone')) told(item, item.dataset.milestone ?? '', 'milestone');
  for (const item of holding(title, 'source')) told(item, item.dataset.source ?? '', 'source');

  for (const { unique_id: record, text } of config.events) {
    const body = parsed(text.text);
    told(parsed(text.headline), record, 'event');
    told(body, record, 'event');
    const sources = holding(body, 'source').map(({ dataset, children }) => {
      const at = [...children].find((child) => child.className === 'at')?.textContent;
      return at ? `${dataset.source}, ${at}` : dataset.source;
    });
    facts.push({ record, field: 'event.sources', value: sources.join('; ') });
    const dissent = holding(body, 'dissent').map((item) => ({
      source: item.dataset.dissent,
      says: one(item, 'q')?.textContent,
      ruling: one(item, 'ruling')?.textContent,
    }));
    facts.push({ record, field: 'event.dissent', value: JSON.stringify(dissent) });
    const also = holding(body, 'also').map((item) => ({
      date: item.dataset.also,
      basis: one(item, 'basis')?.textContent,
      ...(one(item, 'note') ? { note: one(item, 'note')?.textContent } : {}),
    }));
    facts.push({ record, field: 'event.alsoDated', value: JSON.stringify(also) });
    for (const item of holding(body, 'spell')) {
      const { spell, from = '', until = '', certainty = '', events = '' } = item.dataset;
      const value = item.dataset.value ?? one(item, 'value')?.textContent ?? '';
      for (const [part, what] of Object.entries({ value, from, until, certainty, events }))
        facts.push({ record, field: `${spell}.${part}`, value: what });
    }
    for (const item of holding(body, 'how')) {
      const { from = '', to = '', how = '', date = '', event = '' } = item.dataset;
      const link = `${from} > ${to} by ${event}`;
      const shares = holding(item, 'share').map(({ dataset: { share, of, basis } }) => ({
        share: Number(share),
        of,
        ...(basis ? { basis } : {}),
      }));
      for (const [part, value] of Object.entries({ from, to, how, date, event, shares: JSON.stringify(shares) }))
        facts.push({ record: link, field: `succession.${part}`, value });
    }
  }
  return facts;
};
