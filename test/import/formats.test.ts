import { describe, expect, test } from 'vitest';
import { checkRecord } from '../../src/record/rules/index.ts';
import { imported, odsRow, readBack } from './files.ts';

const rows = (...lines: string[]) => `${lines.join('\r\n')}\r\n`;

/** What a draft says, once the record has read it without a complaint about its form. */
async function events(text: string) {
  const record = await readBack(text);
  expect(record.problems).toEqual([]);
  return (record.milestones.find(({ slug }) => slug === 'drafted')?.events ?? []).map(
    ({ id, type, effective, basis, data, sources }) => ({
      id,
      type,
      date: effective.edtf,
      basis,
      data,
      sources,
    }),
  );
}

describe('organisations of the register (ods-csv)', () => {
  test('what stands in the record with the same code and dates is told, not drafted', async () => {
    const { findings, text } = await imported(
      'ods-csv',
      rows(odsRow('00C', 'NHS DARLINGTON CCG', '20130401', '20200331', 'Y54')),
    );
    expect(findings).toEqual([
      '1 stands: ccg/darlington: same code, same dates',
      '- note: nothing new: no milestone was written',
    ]);
    expect(text).toBe('');
  });

  test('the register’s own opening day stands where the record keeps it beside the day of the law', async () => {
    const { findings } = await imported('ods-csv', rows(odsRow('16C', 'NHS TEES VALLEY CCG', '20191120')));
    expect(findings[0]).toBe('1 stands: ccg/tees-valley: same code, same dates');
  });

  test('other days and names contradict', async () => {
    const { findings } = await imported(
      'ods-csv',
      rows(
        odsRow('00C', 'NHS DARLINGTON CCG', '20130401'),
        odsRow('00J', 'NHS SOUTH DURHAM CCG', '20120401', '20200331'),
      ),
    );
    expect(findings.slice(0, 4)).toEqual([
      '1 contradicts: ccg/darlington: open in the file; in the record no more from 2020-04-01',
      '2 contradicts: ccg/north-durham: the file opens the code on 2012-04-01, the record on 2013-04-01',
      '2 contradicts: ccg/north-durham: the file closes the code after 2020-03-31; in the record it has no end',
      '2 contradicts: ccg/north-durham: called NHS South Durham CCG in the file, and never so in the record',
    ]);
  });

  test('a new body becomes events that cite the row; its last day becomes the first on which it is no more', async () => {
    const { text, findings } = await imported(
      'ods-csv',
      rows(odsRow('13T', 'NHS NEWCASTLE & GATESHEAD CCG', '20150401', '20220630')),
    );
    expect(findings).toEqual([]);
    expect(await events(text)).toEqual([
      {
        id: 'drafted/newcastle-and-gateshead',
        type: 'OrganisationEstablished',
        date: '2015-04-01',
        basis: 'operational',
        data: {
          organisation: 'ccg/newcastle-and-gateshead',
          name: 'NHS Newcastle & Gateshead CCG',
          kind: 'clinical-commissioning-group',
          codes: { ods: '13T' },
        },
        sources: [{ source: 'a-source', at: 'row 1, 13T' }],
      },
      expect.objectContaining({
        id: 'drafted/end-newcastle-and-gateshead',
        type: 'OrganisationAbolished',
        date: '2022-07-01',
      }),
    ]);
  });

  test('two new bodies of one name get two ids', async () => {
    const { text } = await imported(
      'ods-csv',
      rows(odsRow('RXX', 'CITY NHS TRUST', '20150401'), odsRow('RYY', 'CITY NHS TRUST', '20160401')),
    );
    expect((await events(text)).map(({ data }) => (data as { organisation: string }).organisation)).toEqual([
      'trust/city',
      'trust/city-ryy',
    ]);
  });

  test('a kind that nothing tells is asked for', async () => {
    const file = rows(odsRow('Z99', 'THE COTTAGE', '20150401'));
    expect((await imported('ods-csv', file)).findings[0]).toBe(
      '1 not understood: Z99 The Cottage: neither its name nor the record tells its kind; say --kind',
    );
    expect(await events((await imported('ods-csv', file, { kind: 'nhs-trust' })).text)).toHaveLength(1);
  });

  test('a grouping without a date is held against the record and never entered', async () => {
    const { findings } = await imported(
      'ods-csv',
      rows(odsRow('16C', 'NHS TEES VALLEY CCG', '20200401', '', 'Y54', 'QQQ')),
    );
    expect(findings).toContain(
      '1 not understood: grouped under region/north, of which the record knows nothing; the file gives it no date, so it is not entered',
    );
    expect(findings).toContain('1 not understood: the grouping QQQ is no body of the record');
  });

  test('every bad row is reported with its line, and the good ones are read', async () => {
    const { findings, text, summary } = await imported(
      'ods-csv',
      rows(
        odsRow('A01', 'FIRST NHS TRUST', '20150401'),
        '"A02","TOO SHORT"',
        odsRow('A03', 'NO SUCH DAY NHS TRUST', '20150230'),
        odsRow('A04', 'BACKWARDS NHS TRUST', '20150401', '20140101'),
        odsRow('', 'NO CODE NHS TRUST', '20150401'),
        odsRow('A06', '', '20150401'),
        odsRow('A01', 'FIRST NHS TRUST', '20150401'),
        odsRow('A08', 'CLOSES ODDLY NHS TRUST', '20150401', '31/12/2019'),
        odsRow('A09', 'LAST NHS TRUST', '20150401'),
      ),
    );
    expect(findings).toEqual([
      '2 bad row: 2 columns, where this format has 27',
      '3 bad row: A03 opens on “20150230”, which is no day (YYYYMMDD)',
      '4 bad row: A04 closes (2014-01-01) before it opens (2015-04-01)',
      '5 bad row: “” is no organisation code',
      '6 bad row: A06 has no name',
      '7 bad row: A01 is listed a second time',
      '8 bad row: A08 closes on “31/12/2019”, which is no day (YYYYMMDD)',
    ]);
    expect(summary).toMatchObject({ rows: 9, events: 2 });
    expect(await events(text)).toHaveLength(2);
  });

  test('a quote in the middle of a field costs that row and no other', async () => {
    const { findings, summary } = await imported(
      'ods-csv',
      rows(odsRow('A01', 'FIRST NHS TRUST', '20150401'), '"A02","BA"D"', odsRow('A03', 'THIRD NHS TRUST', '20150401')),
    );
    expect(findings[0]).toMatch(/^2 bad row: a quote stands in the middle/);
    expect(summary.events).toBe(2);
  });

  test('a quote that is never closed is told with the line on which it opens', async () => {
    const { findings, summary } = await imported(
      'ods-csv',
      rows(
        odsRow('A01', 'FIRST NHS TRUST', '20150401'),
        '"A02,"',
        odsRow('A03', 'THIRD NHS TRUST', '20150401'),
        '"A04',
      ),
    );
    expect(findings.some((finding) => finding.includes('bad row: a quote'))).toBe(true);
    expect(summary.rows).toBeGreaterThan(1);
  });

  test('names that YAML would misread come back as they are', async () => {
    const { text } = await imported('ods-csv', rows(odsRow('A01', 'Yes: {no}, #1 “on” NHS Trust', '20150401')));
    expect((await events(text)).map(({ data }) => (data as { name: string }).name)).toEqual(
      expect.arrayContaining(['Yes: {no}, #1 “on” NHS Trust']),
    );
  });

  test('text that is not UTF-8 is a bad row', async () => {
    const row = Buffer.from(odsRow('A01', 'CAF\u00c9 NHS TRUST', '20150401'), 'latin1');
    expect((await imported('ods-csv', row)).findings[0]).toBe('1 bad row: the row is not UTF-8 text');
  });
});

describe('successions of the register (ods-succession)', () => {
  test('what the record has stands; another day contradicts; unknown codes are not understood', async () => {
    const { findings } = await imported(
      'ods-succession',
      rows('"00C","16C","R","20200401","1"', '"00C","16C","R","20190401","1"', '"00C","Q99","","20200401",""'),
    );
    expect(findings).toEqual([
      '1 stands: ccg/darlington to ccg/tees-valley on 2020-04-01',
      '2 contradicts: ccg/darlington to ccg/tees-valley: on 2019-04-01 in the file, on 2020-04-01 in the record',
      '3 not understood: 00C to Q99 on 2020-04-01: the record knows no body with the code Q99',
      '- note: nothing new: no milestone was written',
    ]);
  });

  test('a body that goes on passes a part; one that is divided is one event', async () => {
    const { text } = await imported('ods-succession', rows('00J,16C,R,20200401,', '00J,00C,R,20150401,'));
    expect((await events(text)).map(({ id, data }) => [id, data])).toEqual([
      ['drafted/into-darlington-2015-04-01', { from: ['ccg/north-durham'], to: ['ccg/darlington'], how: 'transfer' }],
      ['drafted/into-tees-valley-2020-04-01', { from: ['ccg/north-durham'], to: ['ccg/tees-valley'], how: 'transfer' }],
    ]);
  });

  test('bad rows are told with their lines', async () => {
    const { findings } = await imported(
      'ods-succession',
      rows('00C,16C', '00C,16C,R,2020,1', 'x y,16C,R,20200401,1', '00C,00C,R,20200401,1'),
    );
    expect(findings.slice(0, 4)).toEqual([
      '1 bad row: 2 columns, where this format has 5',
      '2 bad row: 00C passes to 16C on “2020”, which is no day (YYYYMMDD)',
      '3 bad row: “x y” is no organisation code',
      '4 bad row: 00C cannot follow itself',
    ]);
  });
});

describe('lookups of the statistical office (ons-lookup)', () => {
  const HEAD = '\ufeffLSOA11CD,LSOA11NM,CCG19CD,CCG19CDH,CCG19NM,STP19CD,STP19NM';

  test('byte-order mark, carriage returns and quotes are nothing to it; bodies and relations that stand are told once', async () => {
    const { findings } = await imported(
      'ons-lookup',
      rows(
        HEAD,
        'E01012337,Darlington 001A,E38000042,00C,"NHS Darlington CCG",E54000049,Cumbria and North East',
        'E01012338,Darlington 001B,E38000042,00C,NHS Darlington CCG,E54000049,Cumbria and North East',
      ),
      { asAt: '2019-04-01' },
    );
    expect(findings).toEqual([
      '1 not understood: columns that the record has no use for: LSOA11CD, LSOA11NM',
      '2 stands: ccg/darlington: same codes and name on 2019-04-01',
      '2 stands: system/north-east: same codes and name on 2019-04-01',
      '2 stands: ccg/darlington part of system/north-east on 2019-04-01',
      '- note: nothing new: no milestone was written',
    ]);
  });

  test('without a day the year of the header is taken, and said so', async () => {
    const { findings } = await imported(
      'ons-lookup',
      rows(HEAD, 'E01012337,x,E38000042,00C,NHS Darlington CCG,E54000049,Cumbria and North East'),
    );
    expect(findings).toContain(
      '1 note: the file says no day: 2019 is taken, day unknown; say --as-at for the day of the edition',
    );
    expect(findings).toContain('2 stands: ccg/darlington: same codes and name on 2019');
  });

  test('other codes, names and days of existence contradict', async () => {
    const { findings } = await imported(
      'ons-lookup',
      rows(
        HEAD,
        'E01012337,x,E38000043,00C,NHS Darlington Town CCG,E54000049,Cumbria and North East',
        'E01012339,x,E38000247,16C,NHS Tees Valley CCG,E54000049,Cumbria and North East',
      ),
      { asAt: '2019-04-01' },
    );
    expect(findings).toEqual(
      expect.arrayContaining([
        '2 contradicts: ccg/darlington: in the record it bore the GSS code E38000042, not E38000043',
        '2 contradicts: ccg/darlington: in the record it was called NHS Darlington CCG, not NHS Darlington Town CCG',
        '3 contradicts: ccg/tees-valley: in the record it did not exist on 2019-04-01',
      ]),
    );
  });

  test('what the record lacks is drafted as listed that day and no more', async () => {
    const { text } = await imported(
      'ons-lookup',
      rows(
        HEAD,
        'E01012337,x,E38000116,00J,NHS North Durham CCG,E54000049,Cumbria and North East',
        'E01012338,x,E38000999,99X,NHS Elsewhere CCG,E54000049,Cumbria and North East',
      ),
      { asAt: '2019-04-01' },
    );
    const drafted = await events(text);
    expect(drafted.map(({ id, basis }) => `${id} ${basis}`)).toEqual([
      'drafted/ccg-elsewhere inferred',
      'drafted/elsewhere-part-of-north-east inferred',
      'drafted/north-durham-part-of-north-east inferred',
    ]);
    expect(checkRecord(await readBack(text)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('rows that disagree with one another, or with the header, are told', async () => {
    const { findings } = await imported(
      'ons-lookup',
      rows(
        HEAD,
        'E01012337,x,E38000042,00C,NHS Darlington CCG,E54000049,Cumbria and North East',
        'E01012338,x,E38000042,00C,NHS Darlingtoon CCG,E54000049,Cumbria and North East',
        'E01012339,x,E38000042,00C',
        'E01012340,x,nonsense,00C,NHS Darlington CCG,E54000049,Cumbria and North East',
      ),
      { asAt: '2019-04-01' },
    );
    expect(findings).toEqual(
      expect.arrayContaining([
        '3 bad row: E38000042 is 00C NHS Darlingtoon CCG here and 00C NHS Darlington CCG on line 2',
        '4 bad row: 4 columns, where the header has 7',
        '5 bad row: “nonsense” is no GSS code (CCG19CD)',
      ]),
    );
  });

  test('a file without a level of the record, and an empty file, are told', async () => {
    expect(
      (await imported('ons-lookup', rows('FID,OA11CD', '1,E00000001'))).findings.some((finding) =>
        finding.includes('no column of this header'),
      ),
    ).toBe(true);
    expect((await imported('ons-lookup', '')).findings[0]).toBe('1 bad row: the file is empty');
  });
});
