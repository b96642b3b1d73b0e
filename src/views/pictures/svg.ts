/** Values of attributes; undefined leaves one out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** How a picture is to be drawn. */
export interface Drawing {
  /** Begins every id, so that several pictures may stand in one page; the picture's own name unless given. */
  readonly prefix?: string | undefined;
  /** True for a file of its own: with its style and its heading. A page brings both. */
  readonly standalone?: boolean | undefined;
  /** Where a body, a place or a milestone leads on to, by id; no link where it gives none. */
  readonly href?: ((id: string) => string | undefined) | undefined;
}

/** What a picture shows, as rows; the first column names the row. */
export interface PictureTable {
  readonly caption: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A number as it stands in a picture: two decimals, the same on every platform. */
export function rounded(value: number): string {
  const near = Math.round(value * 100) / 100;
  return String(near === 0 ? 0 : near);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML holds it: what XML cannot hold at all is replaced. */
export function escaped(text: string): string {
  return (
    text
      .replaceAll(/\p{Surrogate}/gu, '\uFFFD')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write these
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
      .replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
  );
}

/** An element with its attributes and what is in it, written already. */
export function el(tag: string, attributes: Attributes = {}, ...inside: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? rounded(value) : escaped(String(value))}"`)
    .join('');
  return inside.length === 0 ? `<${tag}${written}/>` : `<${tag}${written}>${inside.join('')}</${tag}>`;
}

/** A line of text; `anchor` is where `x` lies in it. */
export function label(
  x: number,
  y: number,
  text: string,
  className: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
): string {
  return el(
    'text',
    { x, y, class: className === '' ? undefined : className, 'text-anchor': anchor === 'start' ? undefined : anchor },
    escaped(text),
  );
}

/** What is drawn, as a link when it leads anywhere. */
export function linked(drawing: Drawing, id: string, name: string, ...inside: readonly string[]): string {
  const href = drawing.href?.(id);
  if (href === undefined) return el('g', {}, ...inside);
  // A title names a link beside the text that is seen in it; a label would take the place of that text.
  const named = inside.some((one) => one.includes('<title')) ? inside : [el('title', {}, escaped(name)), ...inside];
  return el('a', { href }, ...named);
}

/** Width of a text in pixels, near enough to leave room for it: system fonts differ, so it errs on the wide side. */
export function widthOf(text: string, size: number): number {
  let units = 0;
  for (const sign of text)
    units += /[ilj.,:;'’|!() ]/.test(sign)
      ? 0.34
      : /[mwMWÆ@%—]/.test(sign)
        ? 0.92
        : /[A-Z0-9]/.test(sign)
          ? 0.67
          : 0.58;
  return units * size;
}

/** A text cut to a width, with an ellipsis where it was cut. */
export function fitted(text: string, size: number, width: number): string {
  if (widthOf(text, size) <= width) return text;
  let kept = text;
  while (kept.length > 1 && widthOf(`${kept}…`, size) > width) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}

/** A text in lines no wider than a width, broken between words. */
export function wrapped(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, size) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The whole of a picture: what it is called, what it shows in words, and its parts on a canvas. */
export interface Picture {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly parts: readonly string[];
}

/** Height of the heading that a picture in a file of its own has above it. */
const HEADING = 34;

/** The `<svg>` of a picture, complete. */
export function svgOf(picture: Picture, drawing: Drawing, css: string): string {
  const prefix = drawing.prefix ?? picture.name;
  // A date is not broken.
  const whole = picture.title.replaceAll(/(\d) (\p{Lu}\p{L}+) (\d{4})/gu, '$1\u00A0$2\u00A0$3');
  const heading = wrapped(whole, 20, picture.width - 16);
  const above = drawing.standalone ? HEADING + (heading.length - 1) * 24 : 0;
  const height = picture.height + above;
  return el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: `picture picture-${picture.name}`,
      viewBox: `0 0 ${rounded(picture.width)} ${rounded(height)}`,
      width: picture.width,
      height,
      // What is in an image cannot be reached; links must be.
      role: drawing.href ? 'group' : 'img',
      'aria-labelledby': `${prefix}-title ${prefix}-description`,
    },
    el('title', { id: `${prefix}-title` }, escaped(picture.title)),
    el('desc', { id: `${prefix}-description` }, escaped(picture.description)),
    ...(drawing.standalone
      ? [
          el('style', {}, escaped(css)),
          el('rect', { class: 'paper', width: picture.width, height }),
          ...heading.map((line, n) => label(8, 24 + n * 24, line, 'heading')),
          el('g', { transform: `translate(0 ${rounded(above)})` }, ...picture.parts),
        ]
      : picture.parts),
  );
}
