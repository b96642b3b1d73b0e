/** Emphasis for a terminal; never the only sign of anything. */
export interface Painter {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const ESCAPE = '\u001b[';

/** A painter that paints, or one that leaves text as it is. */
export function painter(colour: boolean): Painter {
  const wrap = (open: number, close: number) => (text: string) =>
    colour && text !== '' ? `${ESCAPE}${open}m${text}${ESCAPE}${close}m` : text;
  return { strong: wrap(1, 22), faint: wrap(2, 22) };
}
