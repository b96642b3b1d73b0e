import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { block, element, xmlDocument, xmlText } from '../../src/exporters/xml.ts';

const read = (xml: string) =>
  new DOMParser({
    onError: (level, message) => {
      if (level !== 'warning') throw new Error(`${level}: ${message}`);
    },
  }).parseFromString(xml, 'text/xml').documentElement;

const text = fc.oneof(
  fc.constantFrom(
    ']]>',
    '<b>&amp;</b>',
    'two\nlines\r\n',
    '\ttab ',
    '"\'',
    '\u0000\u0007',
    '🏥',
    '\uD800',
    '\uFFFF',
    ' ',
  ),
  fc.string({ unit: 'binary' }),
);

describe('XML', () => {
  it('gives back every text and attribute that XML can hold, and U+FFFD for what it cannot', () => {
    fc.assert(
      fc.property(text, text, (inside, attribute) => {
        const found = read(xmlDocument(block('all', {}, block('deep', {}, element('one', { is: attribute }, inside)))));
        const one = found?.getElementsByTagName('one')[0];
        expect(one?.textContent ?? '').toBe(xmlText(inside));
        expect(one?.getAttribute('is')).toBe(xmlText(attribute));
      }),
    );
  });

  it('leaves out attributes and children that are not there', () => {
    expect(element('a', { b: undefined, c: 1 }, undefined, [undefined, 'x']).xml()).toBe('<a c="1">x</a>');
    expect(element('a', {}).xml()).toBe('<a/>');
    expect(block('a', { b: 'c' }, undefined, []).xml()).toBe('<a b="c"/>');
  });

  it('indents elements, and no text', () => {
    expect(block('a', {}, block('b', {}, element('c', {}, 'two\nlines'))).xml()).toBe(
      '<a>\n  <b>\n    <c>two&#10;lines</c>\n  </b>\n</a>',
    );
    expect(() => block('a', {}, 'loose')).toThrow(/text among elements/);
  });

  it('marks exactly what XML 1.0 excludes', () => {
    expect(xmlText('\u0008\t\n\u000B\f\r\u000E\u001F \uFFFD\uFFFE\uD800')).toBe(
      '\uFFFD\t\n\uFFFD\uFFFD\r\uFFFD\uFFFD \uFFFD\uFFFD\uFFFD',
    );
  });
});
