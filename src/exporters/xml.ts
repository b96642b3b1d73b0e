/** Text as XML 1.0 can hold it: other control characters, halves of pairs, U+FFFE and U+FFFF become U+FFFD. */
export function xmlText(value: string): string {
  return NOT_XML.test(value) ? value.replace(new RegExp(NOT_XML, 'gu'), '\uFFFD') : value;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/u;

/** An element: a piece of XML, and not a text to be escaped. */
export interface Xml {
  /** Written, with every line but the first begun by this indent. */
  readonly xml: (indent?: string) => string;
}

export type Child = Xml | string | undefined | readonly Child[];

type Attributes = Readonly<Record<string, string | number | undefined>>;

/**
 * An element with its attributes in the order given, those undefined left out, and its children: texts are escaped,
 * elements stand as they are, undefined is left out. Nothing is indented, so that every space is the text's own.
 */
export function element(name: string, attributes: Attributes, ...children: readonly Child[]): Xml {
  const inside = flatten(children);
  const start = `${name}${written(attributes)}`;
  const xml = inside === '' ? `<${start}/>` : `<${start}>${inside}</${name}>`;
  return { xml: () => xml };
}

/** An element whose children are elements only, each on its own line and indented. */
export function block(name: string, attributes: Attributes, ...children: readonly Child[]): Xml {
  const inside = elementsOf(children);
  const start = `${name}${written(attributes)}`;
  return {
    xml: (indent = '') => {
      if (inside.length === 0) return `<${start}/>`;
      const deeper = `${indent}  `;
      return `<${start}>\n${inside.map(({ xml }) => `${deeper}${xml(deeper)}\n`).join('')}${indent}</${name}>`;
    },
  };
}

/** A whole document, with its declaration and a last newline. */
export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml()}\n`;
}

function written(attributes: Attributes): string {
  let all = '';
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) all += ` ${key}="${escapedAttribute(String(value))}"`;
  return all;
}

function elementsOf(children: readonly Child[]): Xml[] {
  return children.flatMap((child) => {
    if (child === undefined) return [];
    if (typeof child === 'string') throw new Error(`text among elements: ${child}`);
    return 'xml' in child ? [child] : elementsOf(child);
  });
}

function flatten(children: readonly Child[]): string {
  return children
    .map((child) => {
      if (child === undefined) return '';
      if (typeof child === 'string') return escapedText(child);
      return 'xml' in child ? child.xml() : flatten(child);
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
