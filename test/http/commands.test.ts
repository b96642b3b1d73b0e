import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { matcher } from '../../src/http/paths.ts';
import { RESOURCES } from '../../src/http/resources/index.ts';
import type { Machine } from '../../src/machine/index.ts';
import { stood } from '../cli/stood.ts';
import { door, shippedSource } from './door.ts';

/** Each command with what may be typed and the address that answers the same; or the reason why it has none. */
const ADDRESSES: Readonly<Record<string, string | readonly (readonly [typed: string, address: string])[]>> = {
  on: [
    ['', '/.json'],
    ['2013-04-01', '/at/2013-04-01.json'],
    ['1 July 2022 --kind ICB', '/at/1%20July%202022.json?kind=ICB'],
    ['2018-06 --part-of system/frimley', '/at/2018-06.json?partOf=system/frimley'],
    [
      '2022-04-01 --published-by 2021-11-01 --kind ICB --kind CCG',
      '/at/2022-04-01.json?publishedBy=2021-11-01&kind=ICB&kind=CCG',
    ],
    [
      '2013-04-01 --recorded-by 2026-11-21 --dates operational --kind CCG',
      '/at/2013-04-01.json?recordedBy=2026-11-21&dates=operational&kind=CCG',
    ],
    ['1066', '/at/1066.json'],
    [
      '2022-07-01 --kind ICB --part-of region/london --without health-and-care-act-2022/royal-assent',
      '/at/2022-07-01.json?kind=ICB&partOf=region/london&without=health-and-care-act-2022/royal-assent',
    ],
    [
      '--without health-and-care-act-2022/royal-assent --published-by 2022-08-01',
      '/.json?without=health-and-care-act-2022/royal-assent&publishedBy=2022-08-01',
    ],
  ],
  diff: [
    ['2013-03-31 2013-04-01', '/at/2013-03-31..2013-04-01.json'],
    [
      '2022-06-30 2022-07-01 --kind CCG --without health-and-care-act-2022/royal-assent',
      '/at/2022-06-30..2022-07-01.json?kind=CCG&without=health-and-care-act-2022/royal-assent',
    ],
  ],
  history: [
    ['icb/devon', '/body/icb/devon.json'],
    ['body/nhs-england --published-by 2022-01-01', '/body/body/nhs-england.json?publishedBy=2022-01-01'],
    [
      'icb/devon --without health-and-care-act-2022/royal-assent',
      '/body/icb/devon.json?without=health-and-care-act-2022/royal-assent',
    ],
  ],
  lineage: [
    ['icb/thames-valley', '/lineage/icb/thames-valley.json'],
    ['icb/devon --back', '/lineage/icb/devon.json?direction=back'],
    ['icb/devon --forward', '/lineage/icb/devon.json?direction=forward'],
    [
      'ccg/devon --without health-and-care-act-2022/royal-assent',
      '/lineage/ccg/devon.json?without=health-and-care-act-2022/royal-assent',
    ],
  ],
  correspondence: [
    ['2020-03-31 2020-04-01 --kind CCG', '/correspondence/2020-03-31..2020-04-01.json?kind=CCG'],
    [
      '2020-04-01 2022-07-01 --kind CCG --to-kind ICB --changed-only',
      '/correspondence/2020-04-01..2022-07-01.json?kind=CCG&toKind=ICB&changedOnly=true',
    ],
    [
      '2022-06-30 2022-07-01 --kind CCG --without health-and-care-act-2022/royal-assent',
      '/correspondence/2022-06-30..2022-07-01.json?kind=CCG&without=health-and-care-act-2022/royal-assent',
    ],
  ],
  timeline: [
    ['--from 2012 --to 2013', '/timeline.json?from=2012&to=2013'],
    ['--about system/frimley', '/timeline.json?about=system/frimley'],
    ['--theme law', '/timeline.json?theme=law'],
    [
      '--milestone integrated-care-boards-2022 --kind ICB',
      '/timeline.json?milestone=integrated-care-boards-2022&kind=ICB',
    ],
    ['', '/timeline.json'],
    [
      '--about icb/devon --without health-and-care-act-2022/royal-assent',
      '/timeline.json?about=icb/devon&without=health-and-care-act-2022/royal-assent',
    ],
  ],
  replay: [
    ['', '/reforms.json'],
    ['integrated-care-boards-2022', '/reform/integrated-care-boards-2022.json'],
    ['integrated-care-boards-2022 --step 2', '/reform/integrated-care-boards-2022/2.json'],
  ],
  count: [
    ['ICS --on 2020-06-01', '/count/ICS.json?at=2020-06-01'],
    ['integrated-care-board', '/count/integrated-care-board.json'],
    ['CCG --every year', '/count/CCG.json?every=year'],
    [
      'CCG --on 2022-07-01 --without health-and-care-act-2022/royal-assent',
      '/count/CCG.json?at=2022-07-01&without=health-and-care-act-2022/royal-assent',
    ],
    [
      'ICB --every year --without health-and-care-act-2022/royal-assent --dates operational',
      '/count/ICB.json?every=year&without=health-and-care-act-2022/royal-assent&dates=operational',
    ],
    ['ICB --every change --from 2022 --to 2026', '/count/ICB.json?every=change&from=2022&to=2026'],
  ],
  why: [
    ['integrated-care-system --at 2020-06-01', '/why/integrated-care-system.json?at=2020-06-01'],
    ['icb/devon --at 2022-06-30', '/why/icb/devon.json?at=2022-06-30'],
  ],
  without: [
    [
      'health-and-care-act-2022/royal-assent --at 2022-07-01',
      '/without/health-and-care-act-2022/royal-assent.json?at=2022-07-01',
    ],
    [
      'health-and-care-act-2022/royal-assent --at 2022-07-01',
      '/at/2022-07-01.json?without=health-and-care-act-2022/royal-assent',
    ],
  ],
  find: [
    ['West Berkshire', '/find.json?q=West+Berkshire'],
    ['QHM --limit 1 --at 2026-01-01', '/find.json?q=QHM&limit=1&at=2026-01-01'],
    ['zzzzzz', '/find.json?q=zzzzzz'],
  ],
  sources: [
    ['', '/sources.json'],
    ['--about icb/devon', '/sources.json?about=icb/devon'],
    ['--conflicts', '/conflicts.json'],
    ['--conflicts --about system/devon', '/conflicts.json?about=system/devon'],
  ],
  kinds: [['', '/kinds.json']],
  export: 'its formats are the endings of the addresses: .csv, .ttl…',
  table: 'its JSON is that of correspondence, which has its address',
  vintage: 'it works on a file of its user',
  rekey: 'it works on a file of its user',
  check: 'it works on the files of a record, which a server does not let strangers read',
  import: 'it works on a file of its user',
  lock: 'it writes the files of a record',
  store: 'it moves whole stores',
  append: 'POST /milestones appends; it answers a write, not a question',
  watch: '/changes/live tells the same as server-sent events, for as long as it is asked',
  serve: 'it opens this door',
  site: 'it writes this door’s answers as files',
};

let app: Hono;
let machine: Machine;
beforeAll(async () => {
  const source = await shippedSource();
  machine = await source.machine();
  app = door(source);
});

describe('the command line and HTTP give equal JSON', () => {
  it.each(COMMANDS.map(({ name }) => name))('stood %s has its address, or the reason why not', (name) => {
    expect(
      ADDRESSES[name],
      `“stood ${name}” is new: give it a resource in src/http/resources/ and its address here, or say here why it has none`,
    ).toBeDefined();
  });

  const pairs = Object.entries(ADDRESSES).flatMap(([command, addresses]) =>
    typeof addresses === 'string' ? [] : addresses.map(([typed, address]) => [command, typed, address] as const),
  );
  it.each(pairs)('stood %s %s  =  %s', async (command, typed, address) => {
    const words = typed === '' ? [] : typed.split(' ');
    const { out, code } = await stood([command, ...words, '--format', 'json'], { openRecord: async () => machine });
    expect(code).toBe(0);
    const answer = await app.request(address);
    expect(answer.status).toBe(200);
    // Byte for byte, so that whoever keeps one may compare it with the other.
    expect((await answer.text()) === out).toBe(true);
  });

  const sheets = pairs.filter(([, , address]) => {
    const found = matcher(RESOURCES)(address.split('?')[0] ?? '');
    return typeof found === 'object' && found.resource.sheet !== undefined;
  });
  it.each(sheets)('stood %s %s, as CSV too', async (command, typed, address) => {
    const words = typed === '' ? [] : typed.split(' ');
    const { out } = await stood([command, ...words, '--format', 'csv'], { openRecord: async () => machine });
    const answer = await app.request(address.replace('.json', '.csv'));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/csv')]);
    expect((await answer.text()) === out).toBe(true);
  });

  it('an event is supposed away at both doors or at neither, and the answer says so itself', async () => {
    const takes = RESOURCES.filter(({ query, command }) => command !== undefined && Object.hasOwn(query, 'without'));
    for (const { command: name } of takes) {
      const listed = COMMANDS.find((one) => one.name === name);
      expect([name, (await listed?.load())?.command.options.some(({ flags }) => /^--without /.test(flags))]).toEqual([
        name,
        true,
      ]);
    }
    const doors = await Promise.all(COMMANDS.map(async ({ name, load }) => [name, (await load()).command] as const));
    const options = doors.flatMap(([name, { options }]) =>
      options.some(({ flags }) => /^--without /.test(flags)) ? name : [],
    );
    expect(options.sort()).toEqual([...new Set(takes.map(({ command }) => command))].sort());
    const supposed = pairs.filter(([, , address]) => address.includes('without=') || address.startsWith('/without/'));
    expect(options.filter((name) => !supposed.some(([command]) => command === name) && name !== 'without')).toEqual([]);
    for (const [, , address] of supposed)
      expect([address, await (await app.request(address)).json()]).toEqual([
        address,
        expect.objectContaining({ hypothetical: true, without: 'health-and-care-act-2022/royal-assent' }),
      ]);
  });

  it('and every resource that names a command is asked here', () => {
    const asked = new Set(pairs.map(([command]) => command));
    expect(RESOURCES.flatMap(({ command }) => command ?? []).filter((command) => !asked.has(command))).toEqual([]);
  });
});
