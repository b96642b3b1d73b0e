import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Dialect, listOf, type Row, rawCells, rowSplitter } from '../../src/rekey/rows.ts';

const COMMA: Dialect = { separator: ',', newline: '\n' };

function rowsOf(
  pieces: readonly string[],
  dialect = COMMA,
  column = 0,
): (Row & { readonly cell: string; readonly width: number })[] {
  const splitter = rowSplitter(dialect, 1, column);
  const all = (rows: ReturnType<typeof splitter.push>) =>
    listOf(rows).map((row, at) => ({ ...row, cell: rows.cell(at), width: rows.width(at) }));
  return [...pieces.flatMap((piece) => all(splitter.push(piece))), ...all(splitter.end())];
}

function piecesOf(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, at) => text.slice(from, places[at] ?? text.length));
}

const cell = fc.string({
  unit: fc.constantFrom('a', 'B', '1', ' ', ',', ';', '"', '\n', '\r\n', 'é', '.'),
  maxLength: 6,
});
/** Quoted when it must be, and now and then when it need not. */
const written = (separator: string) =>
  fc
    .tuple(cell, fc.boolean())
    .map(([text, anyway]) =>
      anyway || /["\n\r]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text,
    );
const tables = fc.constantFrom(',', ';', '\t', '|').chain((separator) =>
  fc.record({
    separator: fc.constant(separator),
    rows: fc.array(fc.array(written(separator), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 }),
    newline: fc.constantFrom('\n', '\r\n'),
    last: fc.boolean(),
    cuts: fc.array(fc.nat(), { maxLength: 5 }),
    column: fc.nat(4),
  }),
);

describe('rows', () => {
  test('are those that csv-parse reads, wherever the text is cut', () => {
    fc.assert(
      fc.property(tables, ({ separator, rows, newline, last, cuts, column }) => {
        const text = rows.map((cells) => cells.join(separator)).join(newline) + (last ? newline : '');
        const read = parse(text, {
          delimiter: separator,
          record_delimiter: newline,
          relax_column_count: true,
          relax_quotes: true,
        }) as string[][];
        const ours = rowsOf(piecesOf(text, cuts), { separator, newline: '\n' }, column).filter(
          ({ raw, end }) => raw !== '' || end !== '',
        );
        expect(ours.map(({ cells }) => cells)).toEqual(read);
        for (const row of ours) {
          expect(row.problem).toBeUndefined();
          if (row.width > column) expect(row.cell).toBe(row.cells[column]);
          if (row.width > 0) expect(row.width).toBe(row.cells.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('put together again are the text, byte by byte', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ',', '\n', '\r', ' ', '1') }),
        fc.array(fc.nat()),
        (text, cuts) => {
          expect(
            rowsOf(piecesOf(text, cuts))
              .map(({ raw, end }) => raw + end)
              .join(''),
          ).toBe(text);
        },
      ),
    );
  });

  test('have as many raw cells as cells, and the raw cells make the row', () => {
    fc.assert(
      fc.property(tables, ({ separator, rows }) => {
        for (const cells of rows) {
          const raw = cells.join(separator);
          expect(rawCells(raw, separator)).toEqual(cells);
        }
      }),
    );
  });

  test('know the line they begin on', () => {
    expect(rowsOf(['a\n"b\nc"\n\nd\r\n"e",f']).map(({ line, raw }) => [line, raw])).toEqual([
      [1, 'a'],
      [2, '"b\nc"'],
      [4, ''],
      [5, 'd'],
      [6, '"e",f'],
    ]);
  });

  test('of old Macs end with a return alone', () => {
    expect(rowsOf(['a,b\r1,2\r'], { separator: ',', newline: '\r' }).map(({ cells }) => cells)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  test('with a quote in the middle of a cell keep it', () => {
    expect(rowsOf(['5" pipe,b\n']).map(({ cells, problem }) => [cells, problem])).toEqual([
      [['5" pipe', 'b'], undefined],
    ]);
  });

  test('with text after a closing quote are told, and the next are read', () => {
    expect(rowsOf(['"a"b,c\nd,e\n']).map(({ raw, cells, problem }) => [raw, cells, problem])).toEqual([
      ['"a"b,c', [], 'there is text after a closing quote'],
      ['d,e', ['d', 'e'], undefined],
    ]);
  });

  test('with a quote that is never closed are refused, with the line', () => {
    expect(() => rowsOf(['a,b\n1,"2\n3,4\n'])).toThrow(
      'a quote is opened in the row that begins on line 2 and never closed',
    );
    expect(() => rowsOf(['a,b\n1,"2\n', 'x\n'.repeat(3_000_000)])).toThrow('line 2 and never closed');
  });

  test('of many megabytes are refused', () => {
    expect(() => rowsOf(['x'.repeat(5_000_000)])).toThrow('line 1 is longer than 4 MB');
  });
});
