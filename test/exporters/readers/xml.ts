import { DOMParser } from '@xmldom/xmldom';

/** An element as an XML parser found it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** All text within. */
  readonly text: string;
}

interface DomNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly attributes?: Iterable<{ readonly name: string; readonly value: string }> | null;
  readonly childNodes: Iterable<DomNode>;
}

/** Reads a document with an XML parser; throws at whatever it warns of. */
export function parseXml(text: string): XmlElement {
  const complain = (level: string, message: string): never => {
    throw new Error(`${level}: ${message}`);
  };
  const document = new DOMParser({ onError: complain }).parseFromString(text, 'text/xml');
  const root = document.documentElement;
  if (root === null) throw new Error('there is no document in it');
  return plain(root as unknown as DomNode);
}

/** Elements of this name, anywhere within. */
export function* within(element: XmlElement, name: string): Generator<XmlElement> {
  for (const child of element.children) {
    if (child.name === name) yield child;
    yield* within(child, name);
  }
}

function plain(node: DomNode): XmlElement {
  return {
    name: node.nodeName,
    attributes: Object.fromEntries([...(node.attributes ?? [])].map(({ name, value }) => [name, value])),
    children: [...node.childNodes].filter(({ nodeType }) => nodeType === 1).map(plain),
    text: node.textContent ?? '',
  };
}
