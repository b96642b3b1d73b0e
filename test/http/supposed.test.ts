import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import { supposed } from '../../src/http/supposed.ts';
import { door, shippedSource } from './door.ts';

const ACT = 'health-and-care-act-2022/royal-assent';

let app: Hono;
beforeAll(async () => {
  app = door(await shippedSource());
});

async function mainOf(path: string): Promise<string> {
  const answer = await app.request(path, { headers: { accept: 'text/html' } });
  expect([path, answer.status]).toEqual([path, 200]);
  const html = await answer.text();
  expect(html).toMatch(/<title>Hypothetical/);
  return html.slice(html.indexOf('<main'), html.lastIndexOf('</main>'));
}

describe('a page of what is supposed', () => {
  it.each([
    `/at/2022-06-30..2022-07-01?kind=CCG&without=${ACT}`,
    `/body/ccg/devon?without=${ACT}`,
    `/body/icb/devon?at=2022-07-01&without=${ACT}`,
    `/lineage/ccg/devon?without=${ACT}`,
    `/count/CCG?at=2022-07-01&without=${ACT}`,
    `/timeline?without=${ACT}`,
    `/timeline?about=icb/devon&without=${ACT}`,
    `/correspondence/2022-06-30..2022-07-01?kind=CCG&without=${ACT}`,
  ])('%s says so at the top and on every line', async (path) => {
    const main = await mainOf(path);
    expect(main).toContain(
      'This supposes that something did not happen: Health and Care Act 2022 received Royal Assent.',
    );
    const lines = main
      .replaceAll(/<(svg|nav|form|thead)\b[\s\S]*?<\/\1>/g, '')
      .match(/<tr\b[\s\S]*?<\/tr>|<li\b[^>]*>[^<]*<[^>]*>|<h[1-4]\b[^>]*>[\s\S]*?<\/h[1-4]>/g);
    expect(lines?.length).toBeGreaterThan(1);
    expect(lines?.filter((line) => !line.includes('sure hypothetical'))).toEqual([]);
  });

  it('and a page of what was so says it nowhere', async () => {
    const html = await (await app.request('/count/CCG', { headers: { accept: 'text/html' } })).text();
    expect(html).not.toContain('sure hypothetical');
  });

  it('is offered as data that can say so, and in nothing else', async () => {
    const html = await mainOf(`/body/ccg/devon?without=${ACT}`);
    expect(html).not.toMatch(/href="[^"]*\.(ttl|ics|bib|svg)[?"]/);
    expect((await app.request(`/body/ccg/devon.ttl?without=${ACT}`)).status).toBeGreaterThanOrEqual(400);
  });
});

describe('marking', () => {
  it('leaves pictures, forms, ways on and the heads of tables alone, and what is not the answer', () => {
    const html = `<html><title>T</title><li>nav</li><main id="main"><h1>A</h1><svg><li></svg><nav><li>x</li></nav><table><thead><tr><th>H</th></tr></thead><tbody><tr class="a"><th scope="row">R</th><td>c</td></tr></tbody></table><ul><li>i</li></ul></main><li>foot</li></html>`;
    const mark = '<span class="sure hypothetical"><span aria-hidden="true">◇</span> hypothetical</span> ';
    expect(supposed(html)).toBe(
      `<html><title>Hypothetical: T</title><li>nav</li><main id="main"><h1>${mark}A</h1><svg><li></svg><nav><li>x</li></nav><table><thead><tr><th>H</th></tr></thead><tbody><tr class="a"><th scope="row">${mark}R</th><td>c</td></tr></tbody></table><ul><li>${mark}i</li></ul></main><li>foot</li></html>`,
    );
    expect(supposed('<p>no page</p>')).toBe('<p>no page</p>');
  });
});
