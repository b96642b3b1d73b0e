import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Runs the real program; `hangUp` closes its output at the first byte, as `head` does. */
function stood(
  args: readonly string[],
  { hangUp = false, env = {} }: { hangUp?: boolean; env?: Record<string, string> } = {},
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk;
      if (hangUp) child.stdout.destroy();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk;
    });
    child.on('error', fail);
    child.on('close', (code) => done({ code, out, err }));
  });
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'stood-'));
  writeFileSync(
    path.join(folder, 'sources.yaml'),
    'a-source: { title: A source, publisher: Somebody, kind: register }\n',
  );
  const boards = Array.from(
    { length: 900 },
    (_, i) =>
      `  - { id: boards/b-${i}, type: OrganisationEstablished, effective: 2022-07-01, data: { organisation: icb/b-${i}, name: Board ${i}, kind: integrated-care-board }, sources: [a-source] }`,
  );
  writeFileSync(
    path.join(folder, '2022-07-01-boards.yaml'),
    `milestone: boards\ntitle: Boards\nsummary: Many begin.\nrecorded: 2026-11-21\nevents:\n${boards.join('\n')}\n`,
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the program itself', () => {
  it('answers from a record in another folder', async () => {
    const { code, out, err } = await stood([
      'count',
      'ICB',
      '--on',
      '2022-07-01',
      '--record',
      folder,
      '--format',
      'json',
    ]);
    expect(err).not.toContain('went wrong');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ at: '2022-07-01' });
  });

  it('writes a long answer whole into a pipe', async () => {
    const { code, out } = await stood(['on', '2022-07-01', '--record', folder, '--format', 'csv']);
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(901);
  });

  it('is quiet when the reader goes away', async () => {
    const { code, err } = await stood(['timeline', '--record', folder, '--all'], { hangUp: true });
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  it('asks again with 2, a hint and no stack', async () => {
    const { code, err } = await stood(['on', '30 February 2013', '--record', folder]);
    expect(code).toBe(2);
    expect(err).toContain('stood: ');
    expect(err).not.toMatch(/^\s+at /m);
  });

  it('says with 1 what is wrong with a record, and finds nothing wrong with a good one', async () => {
    const bad = mkdtempSync(path.join(tmpdir(), 'stood-'));
    writeFileSync(path.join(bad, '2022-x.yaml'), 'milestone: [');
    try {
      const { code, out } = await stood(['check', bad]);
      expect(code).toBe(1);
      expect(out).toMatch(/2022-x\.yaml:\d+:\d+ {2}yaml {2}/);
      const json = await stood(['check', bad, '--format', 'json']);
      expect(JSON.parse(json.out).errors).toBeGreaterThan(0);
      const sarif = await stood(['check', bad, '--format', 'sarif']);
      expect(JSON.parse(sarif.out).version).toBe('2.1.0');
    } finally {
      rmSync(bad, { recursive: true });
    }
  });
});
