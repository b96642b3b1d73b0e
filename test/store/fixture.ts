import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  abolished,
  corrected,
  designated,
  established,
  filesOf,
  followed,
  ICS,
  joined,
  recoded,
  renamed,
  statusMade,
  type Told,
  withdrawn,
} from '../support/given.ts';

const EVENTS: readonly Told[] = [
  established('region/south-west', '2013-04-01', { codes: { ods: 'Y58' } }),
  established('ccg/north', '2013-04-01', { codes: { ods: '00A', gss: 'E38000001' } }, { said: '2013-03-01' }),
  established('ccg/south', '2013-04-01', { codes: { ods: '00B', gss: 'E38000002' } }),
  established('ccg/lost', '2013-04', { codes: { ods: '00C' } }, { id: 'story/lost-begins' }),
  established('ccg/never', '2014-04-01', {}, { id: 'story/never-begins' }),
  joined(['ccg/north', 'ccg/south'], 'region/south-west', '2013-04-01'),
  recoded('ccg/south', '2015-04-01', { gss: 'E38000222' }),
  renamed('ccg/north', '2016-06-15', 'NHS Far North CCG', { note: 'Its own choice – “Far”.' }),
  abolished('ccg/lost', '[2017-09..2018-06]', {
    dissent: [{ source: 'a-register', says: 'It never ended.', ruling: 'It is in no later list.' }],
  }),
  {
    type: 'LegislationEnacted',
    effective: '2022-04-28',
    data: { legislation: 'act/2022-31', title: 'Health and Care Act 2022', citation: '2022 c. 31' },
    id: 'boards/act',
    milestone: 'boards',
    said: '2022-04-28',
  },
  ...(['ccg/north', 'ccg/south'] as const).map((id) =>
    abolished(
      id,
      { date: '2022-06-30', basis: 'legal', convention: 'last-day' },
      { milestone: 'boards', because: 'boards/act', said: '2022-06-20' },
    ),
  ),
  established(
    'icb/all',
    { date: '2022-07-01', basis: 'legal' },
    { codes: { ods: 'QZZ', gss: 'E54000099' } },
    {
      id: 'boards/all-begins',
      milestone: 'boards',
      because: 'boards/act',
      said: '2022-06-20',
      alsoDated: [{ date: '2022-07-04', basis: 'operational' }],
    },
  ),
  {
    ...followed(['ccg/north', 'ccg/south'], ['icb/all'], '2022-07-01', 'merger', [
      ['ccg/north', 'icb/all', 1],
      ['ccg/south', 'icb/all', 1],
    ]),
    milestone: 'boards',
    because: 'boards/act',
  },
  established('system/all', '2016-03-15', {}, { milestone: 'systems' }),
  { ...statusMade(), milestone: 'systems' },
  designated('system/all', '2018', 'Wave 2', { milestone: 'systems' }),
  {
    type: 'StatusRetitled',
    effective: '2018-02-02',
    data: { status: ICS, title: 'integrated care system', acronym: 'ICS' },
    milestone: 'systems',
  },
  {
    type: 'PlanAnnounced',
    effective: '2021-02-11',
    data: {
      plan: 'plan/boards',
      title: 'Statutory boards',
      promise: 'Each system was to have a board.',
      expected: '2022-04-01',
      expects: [{ kind: 'integrated-care-board', each: ICS }],
    },
    milestone: 'systems',
    said: '2021-02-11',
  },
  {
    type: 'PlanRevised',
    effective: '2021-12-24',
    data: { plan: 'plan/boards', expected: '2022-07-01' },
    milestone: 'systems',
    said: '2021-12-24',
  },
  {
    type: 'FigureReported',
    effective: '2022-07-01',
    data: { of: 'icb/all', measure: 'population', value: 1_194_166, unit: 'people', basis: 'Census 2021' },
    milestone: 'boards',
  },
  corrected('story/lost-begins', '2026-11-23', { effective: '2013-05-01' }),
  withdrawn('story/never-begins', '2026-11-24'),
];

/** A record of twenty-odd events in which everything that an answer can tell occurs: vague days, two accounts, dissent, a plan, a correction, a withdrawal. */
export const FIXTURE: Readonly<Record<string, string>> = filesOf(EVENTS, {
  coverage: [
    'clinical-commissioning-group',
    'integrated-care-board',
    { of: 'system', completeness: 'partial', from: '2016-03-15', note: 'names of some are missing' },
  ],
});

/** Codes for commands that read a file of them. */
export const CODES = 'code,beds\n00A,10\nE38000222,20\n00Z,30\n';

/** Every file under a folder with its content, for comparing what commands write. */
export function contentsOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(folder.length), readFileSync(file, 'latin1')]),
  );
}
