import { type Supposition, supposedInWords } from '../../exporters/supposed.ts';
import { type Block, type Document, type Inline, type Line, paragraph, pieces, strong } from './document.ts';

const MARK = '(hypothetical) ';

/** A document marked on every line, so that none can be taken for something that was so. */
export function supposedDocument(document: Document, supposition: Supposition): Document {
  const [said = '', ...rest] = supposedInWords(supposition).split(/(?<=Hypothetical:)/);
  const intro = paragraph([strong(said), ...rest]);
  const [first, ...others] = document.map(markedBlock);
  return first === undefined ? [intro] : [first, intro, ...others];
}

function markedBlock(block: Block): Block {
  switch (block.type) {
    case 'title':
    case 'heading':
    case 'paragraph':
      return { ...block, text: marked(block.text) };
    case 'items':
      return { ...block, items: block.items.map(marked) };
    case 'table':
      return {
        ...block,
        columns: [...block.columns, { title: 'How sure' }],
        rows: block.rows.map((row) => [...row, 'hypothetical']),
      };
    case 'next':
      return block;
  }
}

function marked(line: Line): Line {
  const [first, ...rest] = pieces(line);
  // The edition is that of the record, which is as it is.
  if (first === undefined || isFaint(first)) return line;
  return [MARK, first, ...rest];
}

function isFaint(piece: Inline): boolean {
  return typeof piece === 'object' && 'faint' in piece;
}
