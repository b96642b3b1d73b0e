import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { RecordUnreadable } from '../../src/machine/errors.ts';
import { stood } from './stood.ts';

describe('the list of commands', () => {
  it('lists every file of src/cli/commands, and says the same of it', async () => {
    const files = readdirSync(new URL('../../src/cli/commands', import.meta.url)).map((file) =>
      file.replace('.ts', ''),
    );
    expect(COMMANDS.map(({ name }) => name).sort()).toEqual(files.sort());
    for (const { name, load } of COMMANDS) expect((await load()).command.name).toBe(name);
  });

  it('gives every command an example that begins with its name', async () => {
    for (const { name, load } of COMMANDS) {
      const { command } = await load();
      expect(command.examples.length).toBeGreaterThan(0);
      for (const { line } of command.examples) expect(line).toMatch(new RegExp(`^stood ${name}\\b`));
    }
  });
});

describe('exit codes', () => {
  const WRONG: readonly (readonly [typed: string | readonly string[], says: RegExp])[] = [
    ['onn 2013-04-01', /no command “onn”[\s\S]*did you mean on\?/],
    ['2013-04-01', /did you mean “stood on 2013-04-01”/],
    ['--format json on 2013', /the command comes first/],
    ['on 2022-07-01 --formt json', /unknown option '--formt'[\s\S]*Did you mean --format\?/],
    ['on 2022-07-01 --format xml', /Allowed choices are table, json, csv, markdown/],
    ['on 2022-07-01 --width 5', /at least 20/],
    ['on 2022-02-30', /2022-02-30.*not a date/],
    ['on 2022-07-01 --kind', /argument missing/],
    ['history icb/devn', /nothing in the record is called icb\/devn[\s\S]*did you mean icb\/devon\?/],
    ['history', /nothing was named/],
    ['history nonesuch', /nothing is called “nonesuch”[\s\S]*did you mean:[\s\S]*icb\/somerset/],
    ['history twice', /“twice” may mean any of 2 things[\s\S]*icb\/devon[\s\S]*icb\/somerset/],
    ['diff 2022-07-01', /two days are needed/],
    ['diff 1 April 2013 1 April 2014', /put “to” between them/],
    ['lineage icb/devon --back --forward', /each leave the other out/],
    ['count', /nothing to count/],
    ['count nonsense', /neither a kind of body nor a status/],
    ['count ICB --on 2022-07-01 --every year', /leave one of them out/],
    ['why', /nothing to explain/],
    ['why ICB --at 2022-02-30', /not a date/],
    ['why nonesuch', /neither a kind/],
    ['replay bords-2022', /no milestone “bords-2022”[\s\S]*did you mean boards-2022\?/],
    ['replay boards', /may mean any of 2 milestones/],
    ['replay boards-2022 --step 9', /has no step 9[\s\S]*2 steps/],
    ['without', /no event was named/],
    ['without boards-2022/nothing', /did you mean boards-2022\/act/],
    ['find', /nothing to find/],
    ['sources devon', /--about icb\/devon/],
    ['timeline 2013', /--from and --to/],
    ['kinds extra', /too many words for “stood kinds”/],
    ['check /nonexistent/folder', /is not a folder/],
    ['help nonesuch', /no command “nonesuch”/],
  ];
  for (const [typed, says] of WRONG) {
    it(`2, and a hint, for stood ${typed}`, async () => {
      const { code, out, err } = await stood(typed);
      expect(err).toMatch(says);
      expect(err).not.toMatch(/^\s+at /m);
      expect(out).toBe('');
      expect(code).toBe(2);
    });
  }

  it('0 and the help for nothing typed', async () => {
    const { code, out } = await stood('');
    expect(code).toBe(0);
    expect(out).toContain('Usage: stood <command>');
  });

  it('1 and every problem with its place when the record cannot be read', async () => {
    const problem = {
      file: 'events/x.yaml',
      line: 6,
      column: 72,
      rule: 'shape',
      message: 'name is missing',
      hint: 'add one',
    };
    const { code, err } = await stood('on 2013-04-01', {
      openRecord: async () => {
        throw new RecordUnreadable('the record in events has 1 problem', [problem]);
      },
    });
    expect(code).toBe(1);
    expect(err).toBe(
      'stood: the record in events has 1 problem\nevents/x.yaml:6:72  shape  name is missing\n    add one\n',
    );
  });

  it('1, one line and no stack for what nobody foresaw, unless it is asked for', async () => {
    const openRecord = async () => {
      throw new TypeError('cannot read\nproperties');
    };
    const quiet = await stood('on 2013-04-01', { openRecord });
    expect(quiet.code).toBe(1);
    expect(quiet.err).toBe('stood: something went wrong that should not: cannot read\nset STOOD_DEBUG=1 for details\n');
    expect((await stood('on 2013-04-01', { openRecord, env: { STOOD_DEBUG: '1' } })).err).toMatch(/^\s+at /m);
  });
});

describe('what is typed', () => {
  it('passes dates on as typed, in as many words as they take', async () => {
    expect((await stood('on 1 July 2022')).calls[0]).toEqual(['at', '1 July 2022', {}]);
    expect((await stood('diff 1 July 2022 to 2022-07-02')).calls[0]).toEqual([
      'between',
      '1 July 2022',
      '2022-07-02',
      {},
    ]);
    expect((await stood(['diff', '1 July 2022', '2022-07-02'])).calls[0]).toEqual([
      'between',
      '1 July 2022',
      '2022-07-02',
      {},
    ]);
  });

  it('asks of today when no day is given', async () => {
    expect((await stood('on')).calls[0]).toEqual(['at', 'today', {}]);
  });

  it('passes every clock and choice on', async () => {
    const { calls, opened } = await stood(
      'on 2022-07-01 --published-by 2021 --recorded-by 2026-12-01 --dates operational --kind ICB --kind CCG --part-of region/south-west --record elsewhere',
    );
    expect(calls[0]).toEqual([
      'at',
      '2022-07-01',
      {
        publishedBy: '2021',
        recordedBy: '2026-12-01',
        dates: 'operational',
        kind: ['ICB', 'CCG'],
        partOf: 'region/south-west',
      },
    ]);
    expect(opened).toEqual(['elsewhere']);
  });

  it('takes --at and --on for the same', async () => {
    const [at, on] = [await stood('count ICB --at 2022-07-01'), await stood('count ICB --on 2022-07-01')];
    expect(at.calls[0]).toEqual(['count', 'ICB', { at: '2022-07-01' }]);
    expect(on.out).toBe(at.out);
  });

  it('takes a spelled id, a code and a name for the one thing they mean, and says so', async () => {
    for (const typed of ['icb devon', 'ICB Devon', 'QJK', 'qjk']) {
      const { calls, err } = await stood(`history ${typed}`);
      expect(calls.at(-1)).toEqual(['history', 'icb/devon', {}]);
      expect(err).toContain('taken as icb/devon');
    }
  });

  it('explains a code where no kind or status bears the word', async () => {
    const { calls } = await stood('why QJK --at 2022-07-01');
    expect(calls.at(-1)).toEqual(['why', 'icb/devon', '2022-07-01', {}]);
  });

  it('takes an event or words for their milestone', async () => {
    expect((await stood('replay boards-2022/act')).calls.at(-1)).toEqual(['replay', 'boards-2022', {}]);
    expect((await stood('replay boards merge')).calls.at(-1)).toEqual(['replay', 'boards-2026', {}]);
  });

  it('opens the record on the day that it is in England', async () => {
    const days: unknown[] = [];
    await stood('on', {
      now: () => new Date('2026-06-30T23:30:00Z'),
      openRecord: async (options) => {
        days.push(options?.today?.());
        throw new Error('enough');
      },
    });
    expect(days).toEqual([20_635]);
  });
});

describe('where it is written', () => {
  it('puts only data on stdout in JSON, CSV and Markdown, and says the rest on stderr', async () => {
    const json = await stood('on 2022-07-01 --format json');
    expect(() => JSON.parse(json.out)).not.toThrow();
    expect(json.err).toContain('As it stood on 1 July 2022.');
    expect(json.err).toContain('Partly covered: systems');
    expect(
      (await stood('on 2022-07-01 --format csv')).out.split('\r\n').length +
        (await stood('on 2022-07-01 --format csv')).out.split('\n').length,
    ).toBeGreaterThan(4);
    expect((await stood('on 2022-07-01 --format markdown')).out).not.toContain('What to type next');
  });

  it('keeps the answer of a table, notes included, on stdout', async () => {
    const { out, err } = await stood('on 2022-07-01');
    expect(out).toContain('Partly covered: systems.');
    expect(err).toBe('');
  });

  it('paints only on a terminal that wants it, and says the same words', async () => {
    const plain = await stood('on 2022-07-01');
    const terminal = { isTTY: true, columns: 80 };
    const painted = await stood('on 2022-07-01', terminal);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour is made of control characters
    const escapes = /\u001b\[\d+m/g;
    expect(plain.out).not.toMatch(escapes);
    expect(painted.out).toMatch(escapes);
    expect(painted.out.replace(escapes, '')).toBe(plain.out);
    expect((await stood('on 2022-07-01', { ...terminal, env: { NO_COLOR: '1' } })).out).toBe(plain.out);
    expect((await stood('on 2022-07-01', { ...terminal, env: { TERM: 'dumb' } })).out).toBe(plain.out);
    expect((await stood('on 2022-07-01 --no-color', terminal)).out).toBe(plain.out);
  });

  it('wraps at the width', async () => {
    for (const width of [40, 60, 100]) {
      for (const line of [
        'on 2022-07-01 --all',
        'why ICB --at 2022-07-01',
        'replay boards-2022',
        'find everything',
        'kinds',
        'sources',
      ]) {
        const { out } = await stood(`${line} --width ${width}`);
        const prose = out
          .split('\n')
          .filter((text) => !/^ {2,}(stood |<http)/.test(text) && /\S\s+\S/.test(text.trim()));
        expect(Math.max(...prose.map((text) => text.length)), line).toBeLessThanOrEqual(width);
      }
    }
  });
});

describe('forms that programs rely on', () => {
  it('JSON of stood on is the whole answer, its keys in this order', async () => {
    const answer = JSON.parse((await stood('on 2022-07-01 --format json')).out);
    expect(Object.keys(answer)).toEqual([
      'at',
      'publishedBy',
      'recordedBy',
      'dates',
      'edition',
      'coverage',
      'bodies',
      'expected',
      'notes',
    ]);
    expect(Object.keys(answer.bodies[0])).toEqual([
      'id',
      'name',
      'kind',
      'codes',
      'existence',
      'from',
      'until',
      'partOf',
      'status',
      'began',
    ]);
    expect(Object.keys(answer.bodies[2].status[0])).toEqual(['status', 'title', 'wave', 'since', 'existence', 'note']);
  });

  it('CSV of stood on has these columns, quoted by RFC 4180, one row a body', async () => {
    const { out } = await stood('on 2022-07-01 --format csv');
    expect(out.split('\n')).toEqual([
      'id,name,kind,ods,gss,existence,from,until,part_of,part_of_gss,status',
      'icb/devon,"NHS Devon, ""Plymouth"" and Torbay Integrated Care Board",integrated-care-board,QJK,E54000037,certain,2022-07-01,,office/unknown;region/south-west,E40000006,',
      'icb/somerset,NHS Somerset Integrated Care Board,integrated-care-board,QSL,,certain,2022-07-01,,office/unknown;region/south-west,E40000006,',
      'system/fading,Fading and Farther,system,,,possible,2016-03-15,2018,region/south-west,E40000006,integrated-care-system',
      '',
    ]);
  });

  it('JSON of a count has what a program looks for', async () => {
    expect(JSON.parse((await stood('count integrated-care-system --on 2018-03-01 --format json')).out)).toMatchObject({
      at: '2018-03-01',
      certain: 8,
      possible: 10,
      expected: 1,
    });
  });
});

describe('outside what is covered', () => {
  it('says so first, and is never an empty list without words', async () => {
    expect((await stood('on 1975-01-01')).out.split('\n')[2]).toMatch(
      /^Not covered: The record begins on 1 April 1996/,
    );
    const after = (await stood('on 2031-01-01')).out;
    expect(after.indexOf('Not covered')).toBeLessThan(after.indexOf('Expected'));
    expect((await stood('on 1975-01-01 --format csv')).err).toContain('Not covered');
  });

  it('shows what was expected apart from what was', async () => {
    const { out } = await stood('on 2022-07-01 --published-by 2021-11-01');
    const [was, expected] = out.split('Expected, as seen from 1 November 2021');
    expect(was).not.toContain('NHS Later');
    expect(expected).toContain('NHS Later');
    expect(expected).toContain('More boards were to merge on 1 April 2027.');
  });
});
