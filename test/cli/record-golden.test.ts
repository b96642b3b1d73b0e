import { describe, expect, it } from 'vitest';
import { openRecord } from '../../src/machine/index.ts';
import { stood } from './stood.ts';

/**
 * What a reader of the shipped record sees, pinned to what it knew on the day its first edition was recorded: events that
 * are recorded later cannot change these pages, only a change of the program can.
 */
const PAGES: readonly (readonly [name: string, ...question: string[]])[] = [
  ['on-2013-04-01', 'on', '2013-04-01'],
  ['on-2018-03-01-systems', 'on', '2018-03-01', '--kind', 'system', '--part-of', 'system/lancashire-and-south-cumbria'],
  ['on-as-seen-2021', 'on', '2022-04-01', '--kind', 'ICB', '--published-by', '2021-11-01'],
  ['on-as-seen-2022', 'on', '2022-04-01', '--kind', 'ICB', '--published-by', '2022-01-15'],
  ['on-1975', 'on', '1975-01-01'],
  ['why-eighteen', 'why', 'integrated-care-system', '--at', '2020-06-01'],
  ['history-frimley', 'history', 'system/frimley'],
  ['lineage-thames-valley', 'lineage', 'icb/thames-valley', '--back'],
  ['replay-acs', 'replay', 'accountable-care-systems-2017'],
  ['find-west-berkshire', 'find', 'West Berkshire', '--at', '2026-06-01'],
  ['correspondence-2026', 'correspondence', '2026-03-31', '2026-04-01', '--kind', 'ICB', '--changed-only'],
];

describe('the shipped record as a reader sees it', () => {
  it.each(PAGES)('%s', async (name, ...question) => {
    const { code, out } = await stood([...question, '--recorded-by', '2026-11-21'], { openRecord });
    expect(code).toBe(0);
    const page = out.replace(/Edition of the record: \w+/, 'Edition of the record: …');
    await expect(page).toMatchFileSnapshot(`golden/record/${name}.txt`);
  });
});
