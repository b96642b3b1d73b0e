import { beforeAll, describe, expect, it } from 'vitest';
import { type Machine, openRecord } from '../../src/machine/index.ts';
import { stood } from './stood.ts';

const WITHOUT = ['--without', 'health-and-care-act-2022/royal-assent'];

let machine: Machine;
beforeAll(async () => {
  machine = await openRecord();
});

const asked = (...words: string[]) => stood(words, { openRecord: async () => machine });

describe('what is supposed says so on every line', () => {
  it.each([
    ['on 2022-07-01 --kind ICB'],
    ['diff 2022-06-30 2022-07-01 --kind CCG'],
    ['history ccg/devon'],
    ['lineage ccg/devon'],
    ['correspondence 2022-06-30 2022-07-01 --kind CCG'],
    ['timeline --about ccg/devon'],
    ['count CCG --at 2022-07-01'],
    ['count CCG --every year'],
    ['without health-and-care-act-2022/royal-assent --kind CCG'],
  ])('stood %s', async (typed) => {
    const words = [...typed.split(' '), ...(typed.startsWith('without') ? [] : WITHOUT), '--width', '100000'];
    const csv = await asked(...words, '--format', 'csv');
    const [header = '', ...rows] = csv.out.trim().split('\n');
    expect([csv.code, header]).toEqual([0, expect.stringMatching(/,hypothetical$/)]);
    const unmarked = rows.filter((row) => !row.endsWith(',without health-and-care-act-2022/royal-assent'));
    expect(unmarked).toEqual([]);
    expect(csv.err).toMatch(/^Hypothetical: this supposes/);
    for (const format of ['table', 'markdown']) {
      const { out, code } = await asked(...words, '--format', format);
      expect(code).toBe(0);
      const lines = out
        .split(/\n(?:Sources|What to type next|## Sources|\[\^|\[1\])/)[0]
        ?.split('\n')
        .filter(
          (line) => line.trim() !== '' && !/^(\W*Hypothetical|Edition|_?Edition|\| ---|\| .*How sure)/.test(line),
        );
      const heads = /^ *Day .*How sure *$|^\S.*How sure *$/;
      expect(lines?.filter((line) => !/[Hh]ypothetical/.test(line) && !heads.test(line))).toEqual([]);
      expect(lines?.length).toBeGreaterThan(1);
    }
  });

  it('and what was so says it nowhere', async () => {
    for (const format of ['table', 'markdown', 'csv'])
      expect((await asked('count', 'CCG', '--format', format)).out).not.toMatch(/hypothetical/i);
  });
});
