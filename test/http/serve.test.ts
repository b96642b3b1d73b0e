import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prefixOf, type ServeOptions, type Serving, serve } from '../../src/http/serve.ts';
import { openStore } from '../../src/store/index.ts';
import { established, milestone, pushFolder, shelve, withFolder } from '../store/worlds.ts';
import { smallFolder, TODAY } from './door.ts';

async function serving(options: ServeOptions, work: (door: Serving) => Promise<void>): Promise<void> {
  const record = options.store === undefined ? { record: await smallFolder() } : {};
  const open = await serve({ port: 0, log: 'off', today: () => TODAY, cache: false, ...record, ...options });
  try {
    await work(open);
  } finally {
    await open.close();
  }
}

/** Sends bytes as they are, and gives what comes back until the line goes dead. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setTimeout(5000, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(answer) : reject(error),
    );
  });
}

function fetched(url: string, agent?: Agent): Promise<{ readonly message: IncomingMessage; readonly text: string }> {
  return new Promise((resolve, reject) => {
    get(url, agent ? { agent } : {}, (message) => {
      let text = '';
      message.on('data', (chunk: Buffer) => {
        text += chunk;
      });
      message.on('end', () => resolve({ message, text }));
      message.on('error', reject);
    }).on('error', reject);
  });
}

describe('an open door', () => {
  it('answers over a socket as the application does, and tells where it is', async () => {
    await serving({}, async ({ address, port }) => {
      expect(address).toBe(`http://127.0.0.1:${port}/`);
      const { message, text } = await fetched(`${address}at/2013-04-01.json`);
      expect([message.statusCode, message.headers['content-length']]).toEqual([200, String(Buffer.byteLength(text))]);
      expect(JSON.parse(text).at).toBe('2013-04-01');
    });
  });

  it('HEAD has a length and no body, and the line goes on', async () => {
    await serving({}, async ({ port }) => {
      const said = await raw(
        port,
        'HEAD /kinds.json HTTP/1.1\r\nhost: x\r\n\r\nGET /kinds.json HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      );
      const [first = '', second = ''] = said.split(/(?=HTTP\/1\.1 )/);
      expect(first).toMatch(/^HTTP\/1\.1 200[\s\S]*content-length: \d+\r\n/i);
      expect(first.endsWith('\r\n\r\n')).toBe(true);
      expect(second).toContain('"integrated-care-board"');
    });
  });

  it('nonsense on the line is refused, and the next asker is answered', async () => {
    await serving({}, async ({ port, address }) => {
      for (const text of [
        `GET /${'x'.repeat(10 * 1024 * 1024)} HTTP/1.1\r\nhost: x\r\n\r\n`,
        `GET / HTTP/1.1\r\nhost: x\r\nx-long: ${'y'.repeat(100_000)}\r\n\r\n`,
        `GET / HTTP/1.1\r\nhost: x\r\n${Array.from({ length: 90 }, (_, n) => `x-${n}: 1\r\n`).join('')}connection: close\r\n\r\n`,
        'GET / HTTP/1.1\r\nhost: a b/../c\r\nconnection: close\r\n\r\n',
        'GET / HTTP/1.1\r\nconnection: close\r\n\r\n',
        'GET http://[ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
        'GET //evil.example/../x HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
        'GET * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
        'GET /%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
        'GET /caf\u00e9 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
        'TRACE / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
        'CONNECT evil.example:443 HTTP/1.1\r\nhost: x\r\n\r\n',
        'POST /at/2013-04-01 HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
        'hello\r\n\r\n',
      ]) {
        const said = await raw(port, text);
        expect([text.slice(0, 40), /^(HTTP\/1\.1 4\d\d |$)/.test(said)]).toEqual([text.slice(0, 40), true]);
        expect(said).not.toMatch(/\.ts:\d+|node_modules/);
      }
      expect((await fetched(`${address}kinds.json`)).message.statusCode).toBe(200);
    });
  });

  it('behind a prefix answers with and without it, and its links have it', async () => {
    await serving({ prefix: 'nhs/' }, async ({ address, port }) => {
      expect(address).toBe(`http://127.0.0.1:${port}/nhs/`);
      for (const path of ['/nhs/at/2013-04-01', '/at/2013-04-01']) {
        const { message, text } = await fetched(`http://127.0.0.1:${port}${path}`);
        expect(message.statusCode).toBe(200);
        expect(text).toContain('href="/nhs/at/2013-04-01.json"');
      }
      expect((await fetched(`http://127.0.0.1:${port}/nhs`)).message.statusCode).toBe(200);
      expect((await fetched(`http://127.0.0.1:${port}/nhsx/kinds`)).message.statusCode).toBe(404);
      const gate = await fetched(`http://127.0.0.1:${port}/nhs/at?date=2013-04-01`);
      expect(gate.message.headers.location).toBe('/nhs/at/2013-04-01');
    });
  });

  it('closed, it finishes the answers under way and lets go of everything', async () => {
    const open = await serve({ port: 0, log: 'off', today: () => TODAY, cache: false, record: await smallFolder() });
    const agent = new Agent({ keepAlive: true });
    // Lines that stand already: what is sent on them has arrived when the door begins to close.
    await Promise.all([1, 2, 3].map(() => fetched(`${open.address}kinds.json`, agent)));
    const underWay = Promise.all([1, 2, 3].map((n) => fetched(`${open.address}at/201${n + 3}-04-01`, agent)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const began = performance.now();
    const [answers] = await Promise.all([underWay, open.close(), open.close()]);
    expect(answers.map(({ message }) => message.statusCode)).toEqual([200, 200, 200]);
    expect(performance.now() - began).toBeLessThan(5000);
    await expect(fetched(`${open.address}kinds.json`)).rejects.toThrow(/ECONNREFUSED/);
    agent.destroy();
  });

  it('ends those who follow, when a store is closed with it', async () => {
    await withFolder(async (folder) => {
      const url = `sqlite:${folder}/s.sqlite`;
      const store = await openStore(url);
      await pushFolder(
        await shelve(folder, {
          '2013-04-01-founding.yaml': milestone(
            'founding',
            '2026-11-01',
            established('founding/a', 'ccg/a', 'A', '2013-04-01'),
          ),
        }),
        store,
      );
      await store.close();
      const open = await serve({ port: 0, log: 'off', store: url });
      const ended = fetched(`${open.address}changes/live`);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await open.close();
      expect((await ended).text).toContain(': following');
    });
  });

  it('tells each answer in the log, its query only if that is wished', async () => {
    await withFolder(async (folder) => {
      for (const logQuery of [false, true]) {
        const log = join(folder, `access-${logQuery}.log`);
        await serving({ log, logQuery }, async ({ address }) => {
          await fetched(`${address}find.json?q=secret`);
          await fetched(`${address}nowhere%0A%22`);
        });
        const lines = (await readFile(log, 'utf8'))
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Record<string, unknown>);
        expect(lines.map(({ method, path, status, query }) => [method, path, status, query])).toEqual([
          ['GET', '/find.json', 200, logQuery ? '?q=secret' : undefined],
          ['GET', '/nowhere%0A%22', 400, logQuery ? '' : undefined],
        ]);
        expect(lines[0]).toMatchObject({
          bytes: expect.any(Number),
          milliseconds: expect.any(Number),
          time: expect.stringMatching(/^\d{4}-.*Z$/),
        });
      }
    });
  });
});

describe('what cannot be opened', () => {
  it('a port that is taken, or is none; a token without a store, or too short; a log that cannot be written', async () => {
    await serving({}, async ({ port }) => {
      await expect(serve({ port, record: await smallFolder(), cache: false })).rejects.toThrow(`port ${port} is taken`);
    });
    const record = await smallFolder();
    await expect(serve({ port: 70_000, record })).rejects.toThrow('there is no port 70000');
    await expect(serve({ port: 0, record, host: '203.0.113.1', cache: false })).rejects.toThrow(
      'no address of this machine',
    );
    await expect(serve({ port: 0, record, token: 'a-token-of-some-length' })).rejects.toThrow('no store is attached');
    await expect(serve({ port: 0, store: 'sqlite:none.sqlite', token: 'short' })).rejects.toThrow('at least 16');
    await expect(serve({ port: 0, record, log: '/nonexistent/x.log' })).rejects.toThrow('cannot be written');
    for (const prefix of ['//evil.example/..', '/a b', '/"><x']) expect(() => prefixOf(prefix)).toThrow('no prefix');
    expect([undefined, '', '/', 'nhs', '/nhs/', '/a/b'].map(prefixOf)).toEqual(['', '', '', '/nhs', '/nhs', '/a/b']);
  });
});

describe('stood serve', () => {
  it('prints the address and what to try; SIGTERM ends it after the answers under way, with 0', async () => {
    await withFolder(async (folder) => {
      const token = join(folder, 'token');
      await writeFile(token, 'a-token-of-some-length\n');
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', 'src/cli/main.ts', 'serve', '--port', '0', '--record', await smallFolder()],
        { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, STOOD_TOKEN: '' } },
      );
      let [out, err] = ['', ''];
      child.stderr.on('data', (chunk: Buffer) => {
        err += chunk;
      });
      await new Promise<void>((resolve, reject) => {
        child.stdout.on('data', (chunk: Buffer) => {
          out += chunk;
          if (out.split('\n').length > 2) resolve();
        });
        child.on('close', () => reject(new Error(err)));
      });
      const address = /As It Stood is at (http:\/\/127\.0\.0\.1:\d+\/)\nTry http/.exec(out)?.[1] ?? '';
      expect((await fetched(`${address}kinds.json`)).message.statusCode).toBe(200);
      const ended = new Promise((resolve) => child.on('close', resolve));
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
      expect(JSON.parse(err.trim())).toMatchObject({ path: '/kinds.json', status: 200 });
    });
  }, 60_000);
});
