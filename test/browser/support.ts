import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { readAssets } from '../../src/http/assets.ts';
import { folderSource } from '../../src/http/source.ts';
import { parseIsoDay } from '../../src/time/day.ts';

const PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const PLAIN =
  'the browser tests need Chromium: install it (Debian and Ubuntu: apt-get install chromium), or say where it is: CHROMIUM_PATH=/path/to/chromium npm test';

/** Finds Chromium; on a bare Debian, as root, installs it once; elsewhere throws and says what to do. */
export function findBrowser(
  asked: string | undefined = process.env.CHROMIUM_PATH,
  paths: readonly string[] = PATHS,
  install: () => boolean = installOnDebian,
): string {
  if (asked !== undefined && asked !== '') {
    if (existsSync(asked)) return asked;
    throw new Error(`CHROMIUM_PATH names ${asked}, which is not there; ${PLAIN}`);
  }
  const found = () => paths.find((path) => existsSync(path));
  const path = found() ?? (install() ? found() : undefined);
  if (path === undefined) throw new Error(PLAIN);
  return path;
}

function installOnDebian(): boolean {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return false;
  process.stderr.write('Installing Chromium for the browser tests (once): apt-get install -y chromium\n');
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  return apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
}

/** A page that is watched: what the console said, and where requests went. */
export interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: string[];
  readonly elsewhere: string[];
}

export interface Door {
  readonly address: () => string;
  /** A new page in a context of its own, closed when the file is done. */
  readonly open: (options?: BrowserContextOptions) => Promise<Watched>;
}

/** Opens the record at a port that is free, and a browser, for the tests of a file. */
export function door(): Door {
  let browser: Browser | undefined;
  let server: ReturnType<typeof createAdaptorServer> | undefined;
  let folder = '';
  let address = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'as-it-stood-web-'));
    const { buildWeb } = (await import(new URL('../../scripts/web.mjs', import.meta.url).href)) as {
      readonly buildWeb: (folder: string) => Promise<void>;
    };
    await buildWeb(folder);
    const app = createApp({
      source: await folderSource({ today: () => parseIsoDay('2026-11-21') as number }),
      assets: await readAssets(folder),
    });
    const listening = createAdaptorServer({ fetch: app.fetch });
    await new Promise<void>((resolve) => {
      listening.listen(0, '127.0.0.1', resolve);
    });
    server = listening;
    address = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
    browser = await chromium.launch({
      executablePath: findBrowser(),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => {
      if (server) server.close(resolve);
      else resolve(undefined);
    });
    await rm(folder, { recursive: true, force: true });
  });

  return {
    address: () => address,
    async open(options = {}) {
      if (!browser) throw new Error('the browser was not opened');
      const context = await browser.newContext({
        viewport: { width: 1200, height: 900 },
        baseURL: address,
        ...options,
      });
      context.setDefaultTimeout(30_000);
      const page = await context.newPage();
      const complaints: string[] = [];
      const elsewhere: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(address) && !url.startsWith('data:')) elsewhere.push(url);
      });
      return { page, context, complaints, elsewhere };
    },
  };
}

let axe: string | undefined;

/** What axe finds wrong with a page as it now looks, by all of its rules, in lines. */
export async function violations(page: Page): Promise<string[]> {
  axe ??= await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const runner = (globalThis as unknown as { readonly axe: { run(options: object): Promise<unknown> } }).axe;
    return (await runner.run({ resultTypes: ['violations'] })) as {
      readonly violations: readonly {
        readonly id: string;
        readonly help: string;
        readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
      }[];
    };
  });
  return found.violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} (${nodes.length}, first ${nodes[0]?.target.join(' ')}: ${nodes[0]?.failureSummary?.replaceAll(/\s+/g, ' ')})`,
  );
}
