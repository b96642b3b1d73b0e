import { readFile } from 'node:fs/promises';
import { AskedWrongly } from '../../machine/errors.ts';
import type { Command, Context } from '../command.ts';
import { NO_COLOR, RECORD, STORE, STRICT } from '../options.ts';
import { packageVersion } from '../version.ts';

export const command: Command = {
  name: 'serve',
  summary: 'Opens the record to browsers and programs: every view is an address, as a page and as data.',
  arguments: [],
  options: [
    { flags: '--port <number>', summary: 'listen here (default: 4013); 0 for any that is free', least: 0 },
    { flags: '--host <address>', summary: 'listen on this address (default: 127.0.0.1, this machine only)' },
    { flags: '--prefix <path>', summary: 'the path at which a proxy has put the whole: /nhs' },
    {
      ...STORE,
      summary: 'follow an event store instead of the shipped record: sqlite:my-events.sqlite, esdb://…',
    },
    RECORD,
    {
      flags: '--token-file <file>',
      summary: 'whoever shows the token in this file (or in STOOD_TOKEN) may append milestones to the store',
    },
    { flags: '--log <file>', summary: 'write the access log to this file, or nowhere with “off” (default: stderr)' },
    { flags: '--log-query', summary: 'tell the query of each address in the log too' },
    STRICT,
    NO_COLOR,
  ],
  examples: [
    { line: 'stood serve', means: 'on http://127.0.0.1:4013/, until Ctrl-C' },
    { line: 'stood serve --port 8080 --prefix /nhs --log access.log', means: 'behind a proxy' },
    {
      line: 'stood serve --store sqlite:my-events.sqlite --token-file token',
      means: 'a store, open for new milestones',
    },
  ],
  details: [
    'The page at /api tells every address; /openapi.json is for programs. Ctrl-C or SIGTERM finishes the answers under way, then ends.',
    'Without a token the door can only be read.',
  ],
  async run(ctx) {
    const { port, host, prefix, record, strict, log, logQuery } = ctx.options;
    const store = record === undefined ? (ctx.options.store ?? (ctx.io.env.STOOD_STORE || undefined)) : undefined;
    if (record !== undefined && ctx.options.store !== undefined)
      throw new AskedWrongly('--record and --store name two records', 'give one of them');
    const token = await tokenOf(ctx);
    const { serve } = await import('../../http/serve.ts');
    const serving = await serve({
      host,
      port,
      prefix,
      record,
      store,
      strict,
      token,
      log,
      logQuery,
      version: packageVersion(),
      onLine: ctx.note,
    });
    const { address } = serving;
    ctx.out(`As It Stood is at ${address}\n`);
    ctx.out(`Try ${address}at/2013-04-01 in a browser, or ${address}api for every address. Ctrl-C ends it.\n`);
    await signalled();
    await serving.close();
    return 0;
  },
};

async function tokenOf(ctx: Context): Promise<string | undefined> {
  const { tokenFile } = ctx.options;
  if (tokenFile === undefined) return ctx.io.env.STOOD_TOKEN || undefined;
  try {
    return (await readFile(tokenFile, 'utf8')).trim();
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new AskedWrongly(
      `the token file ${tokenFile} cannot be read (${code})`,
      'make one: openssl rand -hex 32 > token',
    );
  }
}

/** Waits for Ctrl-C or SIGTERM; a second one ends the process at once. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      process.off('SIGINT', end);
      process.off('SIGTERM', end);
      resolve();
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  });
}
