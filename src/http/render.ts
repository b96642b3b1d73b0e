import type { Machine } from '../machine/index.ts';
import { exported, HTML, mannerOf, type OutputFormat, sheetText } from './formats.ts';
import type { Ask, Page } from './page.ts';
import { apiPage, plainPage } from './plain-pages.ts';
import type { Resource } from './resource.ts';
import { supposed } from './supposed.ts';

/** What answers are made with: the resources there are, and their pages. */
export interface House {
  readonly resources: readonly Resource[];
  readonly pages: Readonly<Record<string, Page>>;
}

/** The answer of an address in a format, as text; JSON by way of `shaped`, which may cut a list. */
export async function textOf(
  house: House,
  machine: Machine,
  resource: Resource,
  ask: Ask,
  format: OutputFormat,
  shaped: (answer: unknown) => unknown = (answer) => answer,
): Promise<string> {
  if (format === HTML) {
    const { name, shown } = shownAs(resource, ask);
    const page = house.pages[name];
    if (page) {
      const html = await page(machine, shown);
      return ask.lens.without === undefined ? html : supposed(html);
    }
    return resource.name === 'api' ? apiPage(house.resources, machine, ask) : plainPage(resource, machine, ask);
  }
  const manner = mannerOf(resource, format, ask);
  if (manner === 'picture' && resource.picture) return `${resource.picture(machine, ask)}\n`;
  if (manner === 'export' && format.exporter) return exported(format.exporter, machine, resource, ask);
  const answer = shaped(await resource.answer?.(machine, ask));
  if (manner !== 'sheet' || !resource.sheet) return `${JSON.stringify(answer, undefined, 2)}\n`;
  const { notes = [], ...sheet } = resource.sheet(answer, ask);
  const clocks = [
    ask.lens.publishedBy && `As seen from ${ask.lens.publishedBy}: only what had been made public by then.`,
    ask.lens.recordedBy && `As this record knew it on ${ask.lens.recordedBy}.`,
    `Edition of the record: ${machine.edition.slice(0, 12)}.`,
  ].filter((note) => note !== undefined);
  return sheetText(format.extension, answer, { ...sheet, notes: [...notes, ...clocks] });
}

/** Which page shows an address: its own; or, where an event is supposed away, the one that marks every line of that. */
function shownAs(resource: Resource, ask: Ask): { readonly name: string; readonly shown: Ask } {
  const { without, params, query } = ask;
  if (without === undefined || resource.supposes !== 'differences')
    return { name: resource.page ?? resource.name, shown: ask };
  return {
    name: 'without',
    shown: { ...ask, params: { ...params, event: without }, query: { ...query, at: params.date ?? 'today' } },
  };
}
