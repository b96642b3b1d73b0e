import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { stood } from './stood.ts';

const ASKED: readonly (readonly [name: string, line: string])[] = [
  ['on', 'on 2022-07-01'],
  ['on-all', 'on 2022-07-01 --all --width 60'],
  ['on-summed', 'on 2022-08-01'],
  ['on-before', 'on 1975-01-01'],
  ['on-after', 'on 2031-01-01'],
  ['on-expected', 'on 2022-07-01 --published-by 2021-11-01'],
  ['on-none', 'on 2022-07-01 --kind council'],
  ['diff', 'diff 2022-06-30 2022-07-01'],
  ['history', 'history icb/devon'],
  ['lineage', 'lineage icb/devon'],
  ['correspondence', 'correspondence 2022-06-30 2022-07-01'],
  ['timeline', 'timeline'],
  ['milestones', 'replay'],
  ['replay', 'replay boards-2022'],
  ['count', 'count integrated-care-system --on 2018-03-01'],
  ['count-series', 'count ICB --every year'],
  ['why', 'why ICB --at 2022-07-01'],
  ['without', 'without boards-2022/act'],
  ['find', 'find everything'],
  ['find-nothing', 'find nonesuch'],
  ['sources', 'sources'],
  ['conflicts', 'sources --conflicts'],
  ['kinds', 'kinds'],
];
const EXTENSIONS = { table: 'txt', markdown: 'md', csv: 'csv', json: 'json' } as const;

describe('what each command prints', () => {
  for (const [name, line] of ASKED) {
    for (const [format, extension] of Object.entries(EXTENSIONS)) {
      it(`stood ${line} --format ${format}`, async () => {
        const { code, out } = await stood([...line.split(' '), '--format', format]);
        expect(code).toBe(0);
        await expect(out).toMatchFileSnapshot(`golden/${name}.${extension}`);
      });
    }
  }
});

describe('the help', () => {
  it('stood --help lists every command', async () => {
    const { code, out } = await stood('--help');
    expect(code).toBe(0);
    for (const { name, summary } of COMMANDS) expect(out.replace(/\s+/g, ' ')).toContain(`${name} ${summary}`);
    await expect(out).toMatchFileSnapshot('golden/help.txt');
  });

  for (const { name } of COMMANDS) {
    it(`stood help ${name}`, async () => {
      const { code, out } = await stood(['help', name]);
      expect(code).toBe(0);
      expect(out).toContain('Examples:');
      expect((await stood([name, '--help'])).out).toBe(out);
      await expect(out).toMatchFileSnapshot(`golden/help-${name}.txt`);
    });
  }

  it('keeps to the width of the terminal', async () => {
    for (const { name } of COMMANDS) {
      const { out } = await stood(['help', name], { isTTY: true, columns: 60 });
      // Examples and flags are typed as they stand, so they are never broken.
      const prose = out.split('\n').filter((line) => !/^ {2}(stood|-)/.test(line));
      expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(60);
    }
  });
});
