import type { SourceRef } from '../../machine/answers.ts';
import { dateInWords } from './dates.ts';

/** A source as a reader looks it up: title, when it was published, where. */
export function sourceInWords(source: SourceRef): string {
  const published = source.published ? ` (published ${dateInWords(source.published)})` : '';
  return `${source.title}${published}. ${source.url ? `<${source.url}>` : `Source “${source.source}” of the record.`}`;
}
