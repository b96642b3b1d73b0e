/** Text as XML 1.0 can hold it: other control characters, halves of pairs, U+FFFE and U+FFFF become U+FFFD. */
export function xmlText(value: string): string {
  return value.replace(NOT_XML, '\uFFFD');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** An element, written: a piece of XML and not a text to be escaped. */
export interface Xml {
  readonly xml: string;
}

export type Child = Xml | string | undefined | readonly Child[];

/**
 * An element with its attributes in the order given, those undefined left out, and its children: texts are escaped,
 * elements stand as they are, undefined is left out. Nothing is indented, so that every space is the text's own.
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...children: readonly Child[]
): Xml {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escapedAttribute(String(value))}"`]))
    .join('');
  const inside = flatten(children);
  return { xml: inside === '' ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>` };
}

/** An element whose children are elements only, each on its own line and indented. */
export function block(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...children: readonly Child[]
): Xml {
  const lines = elementsOf(children).map(({ xml }) => `\n${indented(xml)}`);
  const whole = element(name, attributes);
  if (lines.length === 0) return whole;
  return { xml: `${whole.xml.slice(0, -2)}>${lines.join('')}\n</${name}>` };
}

/** A whole document, with its declaration and a last newline. */
export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`;
}

function elementsOf(children: readonly Child[]): Xml[] {
  return children.flatMap((child) => {
    if (child === undefined) return [];
    if (typeof child === 'string') throw new Error(`text among elements: ${child}`);
    return 'xml' in child ? [child] : elementsOf(child);
  });
}

/** Indents the lines of elements; a newline within a text is written as a character reference, so it is never one of them. */
function indented(xml: string): string {
  return `  ${xml.replaceAll('\n', '\n  ')}`;
}

function flatten(children: readonly Child[]): string {
  return children
    .map((child) => {
      if (child === undefined) return '';
      if (typeof child === 'string') return escapedText(child);
      return 'xml' in child ? child.xml : flatten(child);
    })
    .join('');
}

const TEXT: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\n': '&#10;', '\r': '&#13;' };

function escapedText(value: string): string {
  return xmlText(value).replace(/[&<>\n\r]/g, (one) => TEXT[one] as string);
}

function escapedAttribute(value: string): string {
  return xmlText(value).replace(/[&<>"\n\r\t]/g, (one) => TEXT[one] ?? (one === '"' ? '&quot;' : '&#9;'));
}
