import type { SourceRef } from '../../machine/answers.ts';
import { askedInWords } from './dates.ts';

/** A source as a reader looks it up: title, when it was published, where. */
export function sourceInWords(source: SourceRef): string {
  const published = source.published ? ` (published ${askedInWords(source.published)})` : '';
  return `${source.title}${published}. ${source.url ? `<${source.url}>` : `Source “${source.source}” of the record.`}`;
}
