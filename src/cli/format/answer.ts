import type { Sheet } from '../../exporters/sheet.ts';
import { supposedInWords, supposedSheet, suppositionOf } from '../../exporters/supposed.ts';
import type { Context } from '../command.ts';
import { withDates } from './dates.ts';
import type { Document } from './document.ts';
import { supposedDocument } from './supposed.ts';

/** An answer in every form it may be wanted in; only the form asked for is made. */
export interface Told {
  readonly data: unknown;
  readonly document: () => Document;
  readonly sheet: () => Sheet;
  /** Sentences that belong to the answer but not to its data: to stderr where the form has no room for them. */
  readonly notes?: readonly string[];
}

/** Writes an answer in the form asked for; a counterfactual marked on every line. */
export async function tell(ctx: Context, told: Told): Promise<void> {
  const supposition = suppositionOf(told.data);
  if (ctx.format === 'json') {
    ctx.out(`${JSON.stringify(told.data, undefined, 2)}\n`);
  } else if (ctx.format === 'csv') {
    const { sheetCsv } = await import('../../exporters/sheet.ts');
    ctx.out(sheetCsv(supposition ? supposedSheet(told.sheet(), supposition) : told.sheet()));
  } else {
    const render =
      ctx.format === 'markdown'
        ? (await import('./markdown.ts')).renderMarkdown
        : (
            (text) => (document: Document) =>
              text.renderText(document, ctx)
          )(await import('./text.ts'));
    const document = () => (supposition ? supposedDocument(told.document(), supposition) : told.document());
    ctx.out(await withDates(() => render(document())));
  }
  const notes = [...(supposition ? [supposedInWords(supposition)] : []), ...(told.notes ?? [])];
  if (ctx.format !== 'table') for (const note of notes) ctx.note(note);
}
