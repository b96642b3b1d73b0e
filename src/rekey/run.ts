import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AskedWrongly } from '../machine/errors.ts';
import { type Draft, draftOf, openSource } from './file.ts';
import { type RekeyJob, type RekeyReport, rekey } from './rekey.ts';
import { sharesOf } from './shares.ts';

/** What to re-key and where to: paths, or none to be handed the output. */
export interface RekeyRun extends Omit<RekeyJob, 'source' | 'output' | 'exceptions' | 'shares'> {
  readonly file: string;
  readonly input?: AsyncIterable<Buffer | string> | undefined;
  /** A file of shares that the person knows. */
  readonly shares?: string | undefined;
  readonly output: string | undefined;
  readonly exceptions: string | undefined;
  readonly report: string | undefined;
  readonly onSize: (bytes: number) => void;
  /** Handed the output piece by piece, when it has no path, once all went well. */
  readonly onOut: (bytes: Buffer) => unknown;
}

/** Re-keys a file into others, all of them whole or none there. The exceptions' path is undefined where none were written. */
export async function rekeyFile(run: RekeyRun): Promise<RekeyReport & { readonly exceptionsFile: string | undefined }> {
  const { file, output, report } = run;
  const exceptions =
    run.exceptions ?? (output === undefined ? undefined : `${output.replace(/\.csv$/i, '')}.exceptions.csv`);
  refuseSame([file === '-' ? undefined : file, run.shares, output, exceptions, report]);
  const shares = run.shares === undefined ? undefined : await sharesOf(run, run.shares);
  const source = await openSource(file, run.input);
  const drafts: Draft[] = [];
  const draft = async (path: string | undefined) => {
    const made = await draftOf(path);
    drafts.push(made);
    return made;
  };
  try {
    run.onSize(source.bytes);
    const [out, left] = [await draft(output), await draft(exceptions)];
    const told = await rekey({ ...run, shares, source, output: out, exceptions: left });
    const isWanted =
      exceptions !== undefined && (told.exceptions > 0 || run.exceptions !== undefined || (await exists(exceptions)));
    if (report !== undefined) {
      const about = await draft(report);
      await about.write(Buffer.from(`${JSON.stringify(told, undefined, 2)}\n`, 'utf8').toString('latin1'));
      await about.keep();
    }
    if (isWanted) await left.keep();
    await out.keep();
    if (output === undefined) for await (const piece of out.read()) await run.onOut(Buffer.from(piece));
    return { ...told, exceptionsFile: isWanted ? exceptions : undefined };
  } finally {
    for (const each of drafts) await each.drop();
    await source.close();
  }
}

function refuseSame(paths: readonly (string | undefined)[]): void {
  const named = paths.flatMap((path) => (path === undefined ? [] : [resolve(path)]));
  const twice = named.find((path, at) => named.indexOf(path) !== at);
  if (twice !== undefined)
    throw new AskedWrongly(
      `${twice} is named twice`,
      'the file is read, and the others are written: name each another',
    );
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
