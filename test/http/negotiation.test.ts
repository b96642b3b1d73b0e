import { describe, expect, it } from 'vitest';
import { asksForHtml, negotiated, takesGzip } from '../../src/http/negotiation.ts';
import { door, smallSource } from './door.ts';

const FORMATS = [
  { mediaType: 'text/html; charset=utf-8' },
  { mediaType: 'application/json; charset=utf-8' },
  { mediaType: 'text/turtle' },
] as const;
const [html, json, turtle] = FORMATS;

describe('which format an Accept header wants', () => {
  it.each([
    [null, html],
    ['', html],
    ['*/*', html],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', html],
    ['application/json', json],
    ['APPLICATION/JSON', json],
    ['application/*', json],
    ['text/turtle, application/json;q=0.5', turtle],
    ['text/*', html],
    ['text/*;q=0.4, application/json;q=0.5', json],
    ['text/html;q=0, */*', json],
    ['*/*, application/json;q=0.1, text/html;q=0.2', turtle],
    ['application/json;q=1, text/html;q=1', html],
    ['image/png', undefined],
    ['text/html;q=0', undefined],
    ['nonsense', undefined],
    ['application/json;q=x', undefined],
    [`${'a/b,'.repeat(1000)}application/json`, html],
  ])('%s', (header, wanted) => {
    expect(negotiated(header, FORMATS)).toBe(wanted);
  });

  it('only who names HTML is taken for a browser', () => {
    expect(asksForHtml('text/html,*/*;q=0.8')).toBe(true);
    expect([null, '*/*', 'text/*', 'text/html;q=0', 'application/json'].map(asksForHtml)).toEqual(Array(5).fill(false));
  });

  it('gzip is for who takes it', () => {
    expect(['gzip', 'br, gzip', '*', 'gzip;q=0.5', 'deflate, GZIP'].map(takesGzip)).toEqual(Array(5).fill(true));
    expect([null, '', 'br', 'gzip;q=0', 'gzip;q=0.0', 'identity'].map(takesGzip)).toEqual(Array(6).fill(false));
  });
});

describe('negotiation at the door', () => {
  it('an ending wins over the header, and the header decides where there is none', async () => {
    const app = door(await smallSource());
    const typed = async (path: string, accept?: string) => {
      const answer = await app.request(path, accept === undefined ? {} : { headers: { accept } });
      return [answer.status, answer.headers.get('content-type')?.split(';')[0], answer.headers.get('vary')];
    };
    expect(await typed('/kinds.json', 'text/html')).toEqual([200, 'application/json', 'Accept-Encoding']);
    expect(await typed('/kinds.html', 'application/json')).toEqual([200, 'text/html', 'Accept-Encoding']);
    expect(await typed('/kinds', 'application/json')).toEqual([200, 'application/json', 'Accept, Accept-Encoding']);
    expect(await typed('/kinds')).toEqual([200, 'text/html', 'Accept, Accept-Encoding']);
    expect(await typed('/kinds', 'image/png')).toEqual([406, 'application/problem+json', 'Accept, Accept-Encoding']);
    expect(await typed('/kinds.svg')).toEqual([406, 'application/problem+json', 'Accept, Accept-Encoding']);
    expect(await typed('/.json')).toEqual([200, 'application/json', 'Accept-Encoding, Accept-Datetime']);
    expect(await typed('/', 'application/json')).toEqual([
      200,
      'application/json',
      'Accept, Accept-Encoding, Accept-Datetime',
    ]);
  });
});
