import type { SourceRef } from '../../machine/answers.ts';
import { type Document, type Line, pieces } from './document.ts';
import { sourceInWords } from './sources.ts';

/** Tells a document in GitHub's Markdown, with its sources as footnotes, ready to paste. */
export function renderMarkdown(document: Document): string {
  const notes = new Map<string, SourceRef>();
  const inline = (line: Line): string => {
    let text = '';
    for (const piece of pieces(line)) {
      if (typeof piece === 'string') text += escaped(piece);
      else if ('strong' in piece) text += piece.strong.trim() === '' ? piece.strong : `**${escaped(piece.strong)}**`;
      else if ('faint' in piece) text += escaped(piece.faint);
      else text = text.trimEnd() + piece.cite.map((source) => `[^${footnote(source, notes)}]`).join('');
    }
    return text.trim();
  };
  const plain = (line: Line) =>
    inline(pieces(line).map((piece) => (typeof piece === 'object' && 'strong' in piece ? piece.strong : piece)));
  const parts: string[] = [];
  for (const block of document) {
    if (block.type === 'title') parts.push(`## ${plain(block.text)}`);
    else if (block.type === 'heading') parts.push(`### ${plain(block.text)}`);
    else if (block.type === 'paragraph') parts.push(inline(block.text));
    else if (block.type === 'items') parts.push(block.items.map((item) => `- ${inline(item)}`).join('\n'));
    else if (block.type === 'table') {
      const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
      parts.push(
        [
          row(block.columns.map((column) => escaped(column.title))),
          row(block.columns.map((column) => (column.align === 'right' ? '---:' : '---'))),
          ...block.rows.map((cells) => row(block.columns.map((_, i) => inline(cells[i] ?? '')))),
        ].join('\n'),
      );
    }
  }
  if (notes.size > 0)
    parts.push(
      [...notes]
        .map(
          ([id, source]) =>
            `[^${id}]: ${escaped(sourceInWords(source).replace(/<[^>]*>$/, ''))}${source.url ? `<${source.url}>` : ''}${source.at ? `, ${escaped(source.at)}` : ''}`,
        )
        .join('\n'),
    );
  return `${parts.join('\n\n')}\n`;
}

function footnote(source: SourceRef, notes: Map<string, SourceRef>): string {
  for (let i = 1; ; i++) {
    const id = i === 1 ? source.source : `${source.source}-${i}`;
    const known = notes.get(id);
    if (known && known.at !== source.at) continue;
    notes.set(id, known ?? source);
    return id;
  }
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, (mark) => `\\${mark}`).replace(/\s*\n\s*/g, ' ');
}
