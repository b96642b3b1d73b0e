import { printable } from './printable.ts';

/** Attributes of an element, in their order; those that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** A text as it stands between tags, in XML and in HTML. */
export function escaped(text: string): string {
  return printable(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** An element with its children, which are XML already: `escaped` makes text of a text. */
export function element(name: string, attributes: Attributes = {}, ...children: readonly string[]): string {
  const content = children.join('');
  return content === '' ? `${tag(name, attributes)}/>` : `${tag(name, attributes)}>${content}</${name}>`;
}

/** An element of HTML, where one without children still has an end. */
export function html(name: string, attributes: Attributes = {}, ...children: readonly string[]): string {
  return `${tag(name, attributes)}>${children.join('')}</${name}>`;
}

/** The start of an element whose children and end are written later. */
export function opening(name: string, attributes: Attributes = {}): string {
  return `${tag(name, attributes)}>`;
}

function tag(name: string, attributes: Attributes): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${quoted(String(value))}"`],
  );
  return `<${name}${written.join('')}`;
}

/** In an attribute a reader makes spaces of line breaks and tabs, unless they are written by number. */
function quoted(text: string): string {
  return escaped(text).replace(/"/g, '&quot;').replace(/\n/g, '&#10;').replace(/\t/g, '&#9;');
}
