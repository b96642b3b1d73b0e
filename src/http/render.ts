import type { Machine } from '../machine/index.ts';
import { exported, HTML, type OutputFormat } from './formats.ts';
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
  if (format.exporter) return exported(format.exporter, machine, resource, ask);
  return `${JSON.stringify(shaped(await resource.answer?.(machine, ask)), undefined, 2)}\n`;
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
