import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAssets } from '../../src/http/assets.ts';
import { matcher } from '../../src/http/paths.ts';
import { RESOURCES } from '../../src/http/resources/index.ts';
import { writeSite } from '../../src/http/site.ts';
import { stood } from '../cli/stood.ts';
import { run } from '../house/project.ts';
import { withFolder } from '../store/worlds.ts';
import { type Crawled, crawl, type Fetch } from './crawl.ts';
import { door, shippedSource, smallFolder, smallSource, TODAY } from './door.ts';

/** How many links to addresses of one sort are followed from one page of the shipped record. */
const OF_A_SORT = 2;

function fetchFrom(app: ReturnType<typeof door>): Fetch {
  return async (address) => {
    let answer = await app.request(address, { headers: { accept: 'text/html,*/*;q=0.8' } });
    for (let hops = 0; answer.status === 302 && hops < 3; hops++)
      answer = await app.request(answer.headers.get('location') ?? '', { headers: { accept: 'text/html' } });
    return { status: answer.status, mediaType: answer.headers.get('content-type') ?? '', text: await answer.text() };
  };
}

/** Fetches the files of a folder as a plain web host does, which knows nothing of queries. */
function fetchFiles(folder: string, under = ''): Fetch {
  return async (address) => {
    const path = decodeURIComponent(address.split('?')[0] ?? '');
    const file = path.slice(under.length).endsWith('/')
      ? `${path.slice(under.length)}index.html`
      : path.slice(under.length);
    try {
      if (!path.startsWith(under) || address.includes('?')) throw new Error('not ours');
      const text = await readFile(join(folder, file), 'utf8');
      return { status: 200, mediaType: file.endsWith('.html') ? 'text/html' : 'application/octet-stream', text };
    } catch {
      return { status: 404, mediaType: 'text/plain', text: '' };
    }
  };
}

function expectWhole({ broken, foreign, adrift }: Crawled): void {
  expect({ broken: broken.slice(0, 10), foreign: foreign.slice(0, 10), adrift: adrift.slice(0, 10) }).toEqual({
    broken: [],
    foreign: [],
    adrift: [],
  });
}

describe('a crawl of the server', () => {
  it('finds no broken link from / to depth 3, in a small record', async () => {
    const crawled = await crawl('/', 3, fetchFrom(door(await smallSource(), { assets: await readAssets() })));
    expectWhole(crawled);
    expect(crawled.pages).toBeGreaterThan(10);
  }, 120_000);

  it('nor behind a prefix', async () => {
    const crawled = await crawl(
      '/nhs/',
      2,
      fetchFrom(door(await smallSource(), { prefix: '/nhs', assets: await readAssets() })),
    );
    expectWhole(crawled);
    expect(crawled.pages).toBeGreaterThan(10);
  }, 120_000);

  it('nor in the shipped record, a few addresses of each sort from each page', async () => {
    const match = matcher(RESOURCES);
    const sort = (address: string): string => {
      const [path = '', search] = address.split('?');
      const found = match(path);
      return typeof found === 'object'
        ? `${found.resource.name} ${found.extension ?? ''} ${[...new URLSearchParams(search).keys()].sort().join()}`
        : path;
    };
    const met = new Map<string, number>();
    const crawled = await crawl(
      '/',
      3,
      fetchFrom(door(await shippedSource(), { assets: await readAssets() })),
      (links) =>
        links.filter((link) => {
          // Every format of every sort of address is asked for elsewhere.
          if (/\.(?!json)[a-z]+$/.test(link.split('?')[0] ?? '')) return false;
          const count = (met.get(sort(link)) ?? 0) + 1;
          met.set(sort(link), count);
          return count <= OF_A_SORT;
        }),
    );
    expectWhole(crawled);
  }, 300_000);
});

describe('a site of files', () => {
  it('passes the same crawl at any path of any host, and from / it reaches every page of it', async () => {
    await withFolder(async (folder) => {
      const site = await writeSite({
        folder: join(folder, 'site'),
        record: await smallFolder(),
        today: () => TODAY,
        cache: false,
      });
      for (const under of ['', '/some/where']) {
        const crawled = await crawl(`${under}/index.html`, 30, fetchFiles(site.folder, under));
        expectWhole(crawled);
        expect(crawled.pages).toBeGreaterThan(10);
      }
    });
  }, 120_000);

  it('has every change day, body, reform and step, as pages and as the very JSON of the server', async () => {
    await withFolder(async (folder) => {
      const record = await smallFolder();
      const site = await writeSite({ folder: join(folder, 'site'), record, today: () => TODAY, cache: false });
      const files = new Set(
        (await readdir(site.folder, { recursive: true })).map((file) => file.replaceAll('\\', '/')),
      );
      const app = door(await smallSource());
      const wanted = [
        '/at/2012-04-01',
        '/at/2013-04-01',
        '/at/2015-06-01',
        '/at/2017-01-01',
        '/at/2022-07-01',
        '/body/ccg/east',
        '/body/ccg/west',
        '/body/ccg/north',
        '/body/icb/whole',
        '/body/region/south',
        '/reform/groups',
        '/reform/groups/1',
        '/reform/boards',
        '/timeline',
        '/sources',
        '/conflicts',
        '/kinds',
        '/reforms',
        '/record',
        '/api',
      ];
      for (const path of wanted) {
        expect([path, files.has(`${path.slice(1)}.html`)]).toEqual([path, true]);
        const data = await readFile(join(site.folder, `${path}.json`), 'utf8');
        expect(data === (await (await app.request(`${path}.json`)).text())).toBe(true);
      }
      // What falls with an event is written where others name it as their cause; else one page says how to ask.
      const supposed = [...files].filter((file) => /^without.*\.html$/.test(file));
      expect(supposed.sort()).toEqual(['without.html', 'without/boards/whole.html']);
      const others = [...files].filter((file) => /^event\/.*\.html$/.test(file) && file !== 'event/boards/whole.html');
      expect(others.length).toBeGreaterThan(5);
      for (const file of others)
        expect(await readFile(join(site.folder, file), 'utf8')).toContain('href="../../without.html"');
      expect(await readFile(join(site.folder, 'without.html'), 'utf8')).toContain('npx stood without');
      expect(files.has('count/clinical-commissioning-group.csv')).toBe(true);
      expect(await readFile(join(site.folder, 'kinds.csv'), 'utf8')).toBe(
        await (await app.request('/kinds.csv')).text(),
      );
      const manifest = JSON.parse(await readFile(join(site.folder, 'as-it-stood.json'), 'utf8'));
      expect(manifest).toMatchObject({ program: 'as-it-stood', today: '2026-11-22', edition: site.edition });
      expect([...manifest.files, 'as-it-stood.json'].sort()).toEqual(
        [...files]
          .filter((file) => file.includes('.') && !file.endsWith('/'))
          .filter((file) => manifest.files.includes(file) || file === 'as-it-stood.json')
          .sort(),
      );
      expect(site.files).toBe(manifest.files.length + 1);
    });
  }, 120_000);

  it('replaces a site of its own and an empty folder, and nothing else; a failure leaves all as it was', async () => {
    await withFolder(async (folder) => {
      const record = await smallFolder();
      const target = join(folder, 'site');
      const options = { folder: target, record, today: () => TODAY, cache: false, formats: ['json'] };
      await mkdir(target);
      await writeSite(options);
      const before = await readFile(join(target, 'index.html'), 'utf8');
      await expect(
        writeSite({
          ...options,
          pages: {
            event: () => Promise.reject(new Error('broken')),
            reforms: () => Promise.reject(new Error('broken')),
          },
        }),
      ).rejects.toThrow('broken');
      const stop = new AbortController();
      await expect(writeSite({ ...options, signal: stop.signal, onProgress: () => stop.abort() })).rejects.toThrow();
      expect(await readFile(join(target, 'index.html'), 'utf8')).toBe(before);
      await writeSite(options);
      expect(await readdir(folder)).toEqual(['site']);
      const other = join(folder, 'mine');
      await mkdir(other);
      await writeFile(join(other, 'letter.txt'), 'Dear Sir');
      await expect(writeSite({ ...options, folder: other })).rejects.toThrow(/no site of this program/);
      await expect(writeSite({ ...options, folder: join(other, 'letter.txt') })).rejects.toThrow(/not a folder/);
      await expect(writeSite({ ...options, folder: join(folder, 'no', 'where') })).rejects.toThrow(/no folder/);
      await expect(writeSite({ ...options, formats: ['docx'] })).rejects.toThrow(/no format “docx”/);
      expect(await readdir(other)).toEqual(['letter.txt']);
    });
  }, 120_000);

  it('takes away what a run that was killed left beside it, and nothing of a run that goes on', async () => {
    await withFolder(async (folder) => {
      const record = await smallFolder();
      const target = join(folder, 'site');
      const code = `import { writeSite } from './src/http/site.ts';
        await writeSite({ folder: ${JSON.stringify(target)}, record: ${JSON.stringify(record)}, cache: false, formats: ['json'],
          onProgress: (done) => { if (done === 5) process.kill(process.pid, 'SIGKILL'); } });`;
      const killed = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code]);
      expect(killed.code).not.toBe(0);
      const [left = '', ...others] = await readdir(folder);
      expect([others, left]).toEqual([[], expect.stringMatching(/^\.site\..*\.tmp$/)]);
      const ofOthers = [
        left.replace(/-\d+-[0-9a-f]{12}/, `-${process.pid}-0123456789ab`),
        left.replace('.site.', '.other.'),
        left.replace(/\.site\.\w*-/, '.site.elsewhere-'),
      ];
      for (const name of ofOthers) await mkdir(join(folder, name));
      await writeSite({ folder: target, record, today: () => TODAY, cache: false, formats: ['json'] });
      expect((await readdir(folder)).sort()).toEqual([...ofOthers, 'site'].sort());
    });
  }, 60_000);

  it('is written by a command, which says what it wrote', async () => {
    await withFolder(async (folder) => {
      const target = join(folder, 'site');
      const { code, out } = await stood([
        'site',
        target,
        '--record',
        await smallFolder(),
        '--formats',
        'json',
        '--format',
        'json',
      ]);
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ folder: target, pages: { home: 1, reforms: 1 } });
      expect((await stood('site')).code).toBe(2);
      expect((await stood(['site', folder])).err).toContain('no site of this program');
    });
  }, 120_000);
});
