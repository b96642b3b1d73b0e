import { spawn } from 'node:child_process';
import { Agent, get } from 'node:http';
import { createApp } from '../../src/http/app.ts';
import { serve } from '../../src/http/serve.ts';
import { folderSource } from '../../src/http/source.ts';
import { dayFromCivil, isoDay } from '../../src/time/day.ts';
import { median, table } from './measure.ts';
import type { Section } from './section.ts';

const FEWEST_SHARE = 0.5;
const FIRST_WITHIN_MS = 1000;
const AT_ONCE = 16;
const DAYS = 150;
const SECONDS = 4;
const MOST_GROWTH_MB = 64;

/** Days from 1990 to 2026 that are the same in every run. */
function randomDays(): readonly string[] {
  const [first, last] = [dayFromCivil(1990, 1, 1), dayFromCivil(2026, 10, 1)];
  let state = 2022;
  return Array.from({ length: DAYS }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return isoDay(first + (state % (last - first)));
  });
}

function fetched(port: number, path: string, accept: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent, headers: { accept, 'accept-encoding': 'gzip' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength;
      });
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve(bytes) : reject(new Error(`${path}: ${answer.statusCode}`)),
      );
      answer.on('error', reject);
    }).on('error', reject);
  });
}

interface Load {
  readonly perSecond: number;
  readonly p99: number;
}

/** Asks for these paths in turn, so many at once, for a while or so many times. */
async function load(
  port: number,
  paths: readonly string[],
  accept: string,
  most = Number.POSITIVE_INFINITY,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const times: number[] = [];
  const began = performance.now();
  let next = 0;
  const over = () => next >= most || (most === Number.POSITIVE_INFINITY && performance.now() - began > SECONDS * 1000);
  const ask = async (): Promise<void> => {
    while (!over()) {
      const path = paths[next++ % paths.length] ?? '/';
      const before = performance.now();
      await fetched(port, path, accept, agent);
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  return { perSecond: times.length / seconds, p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN };
}

/** Milliseconds from `npm start` to the whole first page. */
function firstAnswer(): Promise<number> {
  return new Promise((resolve, reject) => {
    const port = 4400 + Math.floor(performance.now() % 500);
    const began = performance.now();
    const child = spawn('npm', ['start', '--silent', '--', '--port', String(port), '--log', 'off'], {
      stdio: 'ignore',
      detached: true,
    });
    child.on('error', reject);
    const agent = new Agent();
    const end = (): void => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    };
    const ask = (): void => {
      fetched(port, '/', 'text/html', agent).then(
        () => {
          const taken = performance.now() - began;
          end();
          resolve(taken);
        },
        () => {
          if (performance.now() - began < 30_000) setTimeout(ask, 5);
          else {
            end();
            reject(new Error('npm start did not answer within half a minute'));
          }
        },
      );
    };
    ask();
  });
}

/** The door under load: random days as JSON and as pages, beside the same bytes sent from memory by the same server. */
export const http: Section = {
  name: 'http',
  title: 'The door over HTTP',
  async run({ quick }, say) {
    const paths = randomDays();
    const problems: string[] = [];
    const rows: string[][] = [];
    const data: Record<string, unknown> = {};
    const open = await serve({ port: 0, log: 'off' });
    const agent = new Agent({ keepAlive: true });
    try {
      for (const [what, ending, accept] of [
        ['JSON', '.json', 'application/json'],
        ['page', '', 'text/html'],
      ] as const) {
        say(`http: ${what}`);
        const addresses = paths.map((day) => `/at/${day}${ending}`);
        const cold: number[] = [];
        for (const address of addresses.slice(0, quick ? 30 : DAYS)) {
          const before = performance.now();
          await fetched(open.port, address, accept, agent);
          cold.push(performance.now() - before);
        }
        const warmed = quick ? addresses.slice(0, 30) : addresses;
        // From memory: one asset-like answer at a time, the very bytes, without negotiation, by the same server.
        const fixed = await fromMemory(warmed, accept);
        const plain = await load(fixed.port, warmed, accept).finally(fixed.close);
        const kept = await load(open.port, warmed, accept);
        const share = kept.perSecond / plain.perSecond;
        if (share < FEWEST_SHARE) problems.push(`${what}: ${Math.round(share * 100)} % of the rate of the bytes alone`);
        rows.push([
          what,
          kept.perSecond.toFixed(0),
          plain.perSecond.toFixed(0),
          `${Math.round(share * 100)} %`,
          kept.p99.toFixed(1),
          median(cold).toFixed(1),
        ]);
        data[what] = { ...kept, fromMemory: plain.perSecond, share, uncachedMs: median(cold) };
      }
      say('http: memory');
      const requests = quick ? 5000 : 100_000;
      await load(
        open.port,
        paths.slice(0, 30).map((day) => `/at/${day}.json`),
        'application/json',
        2000,
      );
      globalThis.gc?.();
      const before = process.memoryUsage().rss / 1e6;
      await load(
        open.port,
        paths.slice(0, 30).map((day) => `/at/${day}.json`),
        'application/json',
        requests,
      );
      globalThis.gc?.();
      const growth = process.memoryUsage().rss / 1e6 - before;
      if (growth > MOST_GROWTH_MB) problems.push(`${requests} requests left ${growth.toFixed(0)} MB behind`);
      data.memory = { requests, growthMB: growth };
    } finally {
      agent.destroy();
      await open.close();
    }
    say('http: npm start');
    const starts = [await firstAnswer(), await firstAnswer(), await firstAnswer()];
    const first = median(starts);
    if (first > FIRST_WITHIN_MS) problems.push(`the first answer came ${first.toFixed(0)} ms after npm start`);
    data.firstAnswerMs = first;
    const markdown = [
      `${DAYS} random days, ${AT_ONCE} askers at once, gzip taken, kept answers; loopback, client and server in one process.`,
      '',
      table(
        ['/at/<random day>', 'a second', 'the same bytes from memory', 'share', 'p99, ms', 'not kept yet, ms'],
        rows,
      ),
      '',
      `Memory after ${(data.memory as { requests: number }).requests.toLocaleString('en-GB')} requests: ${(data.memory as { growthMB: number }).growthMB.toFixed(0)} MB more. First answer after \`npm start\`: ${first.toFixed(0)} ms (median of 3).`,
    ].join('\n');
    return { markdown, data, problems };
  },
};

/** A server of the same make that sends what it was given for each address, and does nothing else. */
async function fromMemory(
  addresses: readonly string[],
  accept: string,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const { createAdaptorServer } = await import('@hono/node-server');
  const app = createApp({ source: await folderSource({}) });
  const held = new Map<string, { body: Uint8Array<ArrayBuffer>; headers: Record<string, string> }>();
  for (const address of addresses) {
    const answer = await app.request(address, { headers: { accept, 'accept-encoding': 'gzip' } });
    held.set(address, {
      body: new Uint8Array(await answer.arrayBuffer()),
      headers: Object.fromEntries(answer.headers),
    });
  }
  const server = createAdaptorServer({
    fetch: (request) => {
      const { pathname } = new URL(request.url);
      const one = held.get(pathname);
      return one ? new Response(one.body, { headers: one.headers }) : new Response(null, { status: 404 });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : 0,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
