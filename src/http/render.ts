import type { Machine } from '../machine/index.ts';
import { exported, HTML, type OutputFormat } from './formats.ts';
import type { Ask, Page } from './page.ts';
import { apiPage, plainPage } from './plain-pages.ts';
import type { Resource } from './resource.ts';

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
    const page = house.pages[resource.page ?? resource.name];
    if (page) return page(machine, ask);
    return resource.name === 'api' ? apiPage(house.resources, ask) : plainPage(resource, machine, ask);
  }
  if (format.exporter) return exported(format.exporter, machine, resource, ask);
  return `${JSON.stringify(shaped(await resource.answer?.(machine, ask)), undefined, 2)}\n`;
}
