import { createReadStream } from 'node:fs';
import { type CsvError, parse } from 'csv-parse';
import type { Finding, Row } from './format.ts';

/** Bytes without a whole row after which a quote is taken to be open for good: it would swallow the rest of the file. */
const LONGEST_ROW = 2 * 1024 * 1024;

/** A row, or what is wrong where one should be. */
export type RowOrProblem = { readonly row: Row } | { readonly problem: Finding };

class NeverClosed extends Error {}

/** Reads a CSV file row by row, whatever its line ends, quotes and byte-order mark; holds no more than one row and a buffer. */
export async function* rowsOf(
  path: string,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<RowOrProblem, void> {
  const file = createReadStream(path, { highWaterMark: 128 * 1024 });
  const skipped: Finding[] = [];
  let lastLine = 0;
  let progress = 0;
  let bytesAtProgress = 0;
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_record: (record, { lines }) => {
      lastLine = lines;
      progress++;
      return record;
    },
  });
  parser.on('skip', (error: CsvError | undefined) => {
    progress++;
    skipped.push(problemOf(error, lastLine));
  });
  let seen = 0;
  file.on('error', (error) => parser.destroy(error));
  file.on('data', () => {
    onBytes(file.bytesRead);
    if (seen === progress && file.bytesRead - bytesAtProgress > LONGEST_ROW) parser.destroy(new NeverClosed());
    if (seen !== progress) bytesAtProgress = file.bytesRead;
    seen = progress;
  });
  file.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      readonly record: readonly string[];
      readonly info: { readonly lines: number };
    }>) {
      for (const problem of skipped.splice(0)) yield { problem };
      let isText = true;
      const fields = record.map((field) => {
        if (field.includes('\ufffd')) isText = false;
        return field.trim();
      });
      if (!isText) {
        yield { problem: { kind: 'bad row', line: info.lines, message: 'the row is not UTF-8 text' } };
      } else yield { row: { line: info.lines, fields } };
    }
  } catch (error) {
    if (!(error instanceof NeverClosed)) throw error;
    skipped.push(neverClosed(lastLine));
  } finally {
    file.destroy();
  }
  for (const problem of skipped.splice(0)) yield { problem };
}

function neverClosed(lastLine: number): Finding {
  return {
    kind: 'bad row',
    line: lastLine + 1,
    message: 'a quote is opened here and never closed: nothing from here on was read',
  };
}

function problemOf(error: CsvError | undefined, lastLine: number): Finding {
  if (error?.code === 'CSV_QUOTE_NOT_CLOSED') return neverClosed(lastLine);
  const line: unknown = error?.lines;
  const quote = error?.code === 'INVALID_OPENING_QUOTE' || error?.code === 'CSV_INVALID_CLOSING_QUOTE';
  return {
    kind: 'bad row',
    ...(typeof line === 'number' ? { line } : {}),
    message: quote
      ? 'a quote stands in the middle of a field'
      : (error?.message.split('\n')[0] ?? 'the row cannot be read'),
  };
}
