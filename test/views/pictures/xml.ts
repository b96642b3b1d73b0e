import { DOMParser, type Element } from '@xmldom/xmldom';
import { expect } from 'vitest';

/** A picture as another program reads it; fails when it is not well-formed, or not what every picture must be. */
export function readPicture(svg: string): Element {
  const complaints: string[] = [];
  const document = new DOMParser({
    onError: (level, message) => complaints.push(`${level}: ${message}`),
  }).parseFromString(svg, 'image/svg+xml');
  // A sign that XML cannot hold is replaced, and the reader warns of the replacement.
  expect(complaints.filter((one) => !one.includes('Unicode replacement character'))).toEqual([]);
  const root = document.documentElement as Element;
  expect(root.tagName).toBe('svg');
  const ids = all(root, '*').flatMap((one) => (one.hasAttribute('id') ? [one.getAttribute('id') as string] : []));
  expect(new Set(ids).size).toBe(ids.length);
  const [title, description] = (root.getAttribute('aria-labelledby') ?? '').split(' ');
  const textOf = (id: string | undefined) =>
    all(root, '*').find((one) => one.getAttribute('id') === id)?.textContent ?? '';
  expect(textOf(title)).not.toBe('');
  expect(textOf(description)).not.toBe('');
  expect(['img', 'group']).toContain(root.getAttribute('role'));
  const drawn = svg.replaceAll(/>[^<]*</g, '><').replaceAll(/ (aria-label|href)="[^"]*"/g, '');
  expect(drawn).not.toMatch(/\sstyle=|NaN|undefined|Infinity|\d\.\d{3}/);
  expect(svg.length).toBeLessThan(150_000);
  for (const [, id] of drawn.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(id);
  return root;
}

/** Every element of a name below one. */
export function all(root: Element, name: string): Element[] {
  return Array.from(root.getElementsByTagName(name));
}

/** Texts of the elements of a class, in order. */
export function textsOf(root: Element, className: string): string[] {
  return all(root, '*')
    .filter((one) => (one.getAttribute('class') ?? '').split(' ').includes(className))
    .map((one) => one.textContent ?? '');
}
