import type { Reader } from './index.ts';
import { textOf } from './index.ts';
import { factsOfEntries, kindOfId } from './references.ts';

interface Item {
  readonly id: string;
  readonly title: string;
  readonly publisher?: string;
  readonly version?: string;
  readonly abstract?: string;
  readonly keyword?: string;
  readonly note?: string;
  readonly URL?: string;
  readonly issued?: Dated;
  readonly accessed?: Dated;
  readonly custom?: Readonly<Record<string, string>>;
}

type Dated = { readonly 'date-parts'?: readonly (readonly number[])[] };

/** What a style processor reads of a date: its parts. */
function partsOf(date: Dated | undefined): string | undefined {
  return date?.['date-parts']?.[0]?.map((part, nth) => String(part).padStart(nth === 0 ? 4 : 2, '0')).join('-');
}

/** Read by the language itself; its shape is held to the schema of the Citation Style Language in a test of its own. */
export const readCslJson: Reader = (output) => {
  const items: readonly Item[] = JSON.parse(textOf(output));
  return factsOfEntries(
    items.map(({ id, title, publisher, version, abstract, keyword, note, URL, issued, accessed, custom }) => ({
      id,
      of: kindOfId(id),
      title,
      publisher,
      version,
      summary: abstract,
      keywords: keyword,
      note,
      url: URL,
      kind: custom?.kind,
      published: partsOf(issued) ?? custom?.published,
      accessed: partsOf(accessed) ?? custom?.accessed,
      licence: custom?.licence,
    })),
  );
};
