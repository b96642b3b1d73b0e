import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const NOT_OURS = new Set(['.git', 'node_modules', 'dist', 'coverage', 'reports']);

/** Every file of the project, by its path from the root, as a clone has them: nothing installed, built or measured. */
export function projectFiles(folder = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !NOT_OURS.has(name) && !name.endsWith('.tgz'))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? projectFiles(path) : [relative(ROOT, path).split(sep).join('/')];
    })
    .sort();
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

export function exists(path: string): boolean {
  return existsSync(join(ROOT, path));
}

/** Pages written for people. */
export function pages(): string[] {
  return projectFiles().filter((path) => path.endsWith('.md'));
}

/** One fenced block of a page. */
export interface Fence {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

export function fences(page: string): Fence[] {
  const found: Fence[] = [];
  let open: { language: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of read(page).split('\n').entries()) {
    const fence = /^```(\S*)/.exec(line);
    if (fence && open) {
      found.push({ page, line: open.line, language: open.language, text: open.lines.join('\n') });
      open = undefined;
    } else if (fence) open = { language: fence[1] ?? '', line: index + 1, lines: [] };
    else open?.lines.push(line);
  }
  return found;
}

/** What a program said and how it ended; never throws. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function run(
  command: string,
  args: readonly string[],
  cwd = ROOT,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      resolve({ code: error ? (typeof error.code === 'number' ? error.code : 1) : 0, stdout, stderr });
    });
  });
}

/** Runs `stood` from the source, as a person would. */
export function stood(...args: readonly string[]): Promise<Outcome> {
  return run(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args]);
}

/** The words of a command line, as a shell would split them; quotes, and nothing cleverer. */
export function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map((found) => found[1] ?? found[2] ?? found[3] ?? '');
}
