import { describe, expect, it } from 'vitest';
import { EXPORTERS, lossReport, type Output } from '../../src/exporters/index.ts';
import { storyMaterial } from './story.ts';

/** Files as people get them, by path; a database as its tables and views, which it is written from. */
function filesOf(output: Output, name: string): { readonly path: string; readonly text: string }[] {
  if (output.is === 'text') return [{ path: name, text: [...output.chunks].join('') }];
  if (output.is === 'folder') return [...output.files];
  return [{ path: `${name}.json`, text: `${JSON.stringify(output.database, null, 1)}\n` }];
}

// What people are handed, whole: the story of two shires, once as a timeline and once as a landscape.
describe.each(EXPORTERS.map((exporter) => [exporter.name, exporter] as const))('%s', (format, exporter) => {
  it('tells the whole story as people have seen it', async () => {
    for (const { path, text } of filesOf(exporter.write(await storyMaterial()), `story${exporter.extension}`))
      await expect(text).toMatchFileSnapshot(`golden/${format}/${path}`);
  });

  it('tells the landscape of one day as people have seen it', async () => {
    const material = await storyMaterial({ at: '2018-04-01' });
    for (const { path, text } of filesOf(exporter.write(material), `day${exporter.extension}`))
      await expect(text).toMatchFileSnapshot(`golden/${format}/${exporter.extension === '' ? 'day/' : ''}${path}`);
  });

  it('says in sum what it lost of the story', async () => {
    const { losses: _, ...report } = lossReport(exporter, await storyMaterial());
    await expect(`${JSON.stringify(report, null, 2)}\n`).toMatchFileSnapshot(`golden/${format}/loss.json`);
  });
});
