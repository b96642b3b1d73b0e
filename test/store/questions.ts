/**
 * What each command is asked over every kind of store, as it is typed after its name. `--format json` is added where the command has that
 * and no format is named, and the clocks in turn where it has them. `{codes}` is a file of codes; `{out}` a folder to write to, of which every file is compared.
 * A new command is one line here, or one in `NOT_ASKED`.
 */
export const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  on: [
    '2013-04-01',
    '2017-12-01 --all',
    '2022-07-01 --kind ICB --part-of region/south-west',
    'June 2019',
    '2022-07-02 --dates operational',
    '2022-04-01 --format csv',
    '2022-07-01 --format markdown',
    '2022-07-01 --format table',
  ],
  diff: ['2022-06-30 2022-07-01', '2013-03-31 to 2026-11-21 --all'],
  history: ['icb/all', 'ccg/south', 'ccg/lost', 'system/all', 'act/2022-31'],
  lineage: ['icb/all --back', 'ccg/north'],
  correspondence: ['2019-04-01 2022-07-01', '2013-04-01 2026-01-01 --changed-only'],
  table: ['2019-04-01 2022-07-01', '2015-01-01 2026-01-01 --kind CCG --to-kind ICB -o {out}/ccg-icb.csv'],
  vintage: ['{codes}', '{codes} --column code --kind CCG'],
  rekey: [
    '{codes} --from 2016-01-01 --to 2022-07-01 -o {out}/mine.csv --exceptions {out}/no.csv --report {out}/report.json',
    '{codes} --from 2016-01-01 --to 2022-07-01 --policy share --values beds',
  ],
  export: [
    '',
    'json --at 2022-07-01 -o {out}/landscape.json --loss {out}/lost.json',
    'csv --at 2013-04-01 --kind CCG',
    'turtle --subject icb/all',
    'markdown --milestone boards',
    'csl-json --from 2013-01-01 --to 2022-07-01',
  ],
  timeline: ['', '--about ccg/south', '--from 2016-01-01 --to 2022-01-01'],
  replay: ['', 'boards', 'systems --step 2'],
  count: ['CCG --on 2017-12-01', 'ICS --on 2018-06-01', 'CCG --every year', 'ICB --every change'],
  why: ['ICS --at 2020-06-01', 'icb/all --at 2022-07-01', 'CCG --at 2015-06-01'],
  without: ['boards/act', 'boards/all-begins'],
  find: ['north', '00B', 'QZZ', 'nonesuch'],
  sources: ['', '--conflicts', '--about icb/all'],
};

/** Commands that ask no record, with what they do instead. */
export const NOT_ASKED: Readonly<Record<string, string>> = {
  kinds: 'tells of the vocabulary',
  site: 'writes pages of the same machine, thousands of them',
  serve: 'answers over HTTP, from the same machine',
  check: 'reads the files of a record as they stand',
  lock: 'writes the lock of a folder',
  import: 'reads official files beside the files of a record',
  store: 'works on stores; tested by what comes of it',
  append: 'writes to a store; tested by what comes of it',
  watch: 'follows a store; tested by what it follows',
};

/** A few questions of the record that is shipped. */
export const SPOT_CHECKS: readonly string[] = [
  'on 2013-04-01',
  'on 2022-04-01 --published-by 2021-11-01',
  'diff 2022-06-30 2022-07-01',
  'history icb/devon',
  'correspondence 2019-04-01 2022-07-01',
  'count integrated-care-system --every year --from 2016-01-01 --to 2026-01-01',
  'replay integrated-care-boards-2022',
  'sources --conflicts',
];
