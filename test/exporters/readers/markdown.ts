import { lexer, type Token, type Tokens } from 'marked';
import type { Reader, Recovered } from './index.ts';
import { textOf } from './index.ts';

/** What a reader sees of inline tokens: the text, without marks. */
function seen(tokens: readonly Token[] | undefined): string {
  return (tokens ?? [])
    .map((token) => {
      if (token.type === 'html') return '';
      if ('tokens' in token && token.tokens) return seen(token.tokens);
      return 'text' in token && typeof token.text === 'string' ? token.text : token.raw;
    })
    .join('');
}

/** The first line of a list item: its inline tokens. */
function firstLine(item: Tokens.ListItem): readonly Token[] {
  const [first] = item.tokens;
  return first && 'tokens' in first ? (first.tokens ?? []) : [];
}

const idOf = (tokens: readonly Token[]) =>
  tokens
    .filter(({ type }) => type === 'html')
    .map(({ raw }) => /^<!-- (\S+) -->/.exec(raw)?.[1])
    .at(-1);

/** Read by marked, which sees what a browser would show. */
export const readMarkdown: Reader = (output) => {
  const text = textOf(output);
  const facts: Recovered[] = [];
  let heading = '';
  for (const token of lexer(text)) {
    if (token.type === 'heading') heading = token.text;
    if (token.type === 'paragraph' && heading !== '' && facts.length === 0) {
      const edition = /edition ([0-9a-f]+)/.exec(seen(token.tokens))?.[1];
      if (edition) facts.push({ record: 'answer', field: 'answer.edition', value: edition });
    }
    if (token.type !== 'list') continue;
    for (const item of (token as Tokens.List).items) {
      const tokens = firstLine(item);
      const id = idOf(tokens);
      if (!id) continue;
      const [head, ...rest] = tokens;
      if (heading === 'What happened' || heading === 'What it rests on besides') {
        const value = seen(rest)
          .replace(/(\[\^[^[\]\s]+\])*\s*$/, '')
          .trim();
        facts.push({ record: id, field: 'event.sentence', value });
      }
      if (heading === 'The reforms') {
        const themes = rest.at(-3)?.type === 'em' ? -3 : rest.at(-2)?.type === 'em' ? -2 : undefined;
        facts.push({ record: id, field: 'milestone.title', value: seen(head ? [head] : []).replace(/:$/, '') });
        facts.push({ record: id, field: 'milestone.summary', value: seen(rest.slice(0, themes)).trim() });
      }
    }
  }
  return facts;
};
