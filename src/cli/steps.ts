import type { Keys } from './command.ts';

const ON = new Set(['\u001b[C', '\u001b[B', '\u001bOC', '\u001bOB', ' ', '\r', '\n', 'n', 'l', 'j', '\u001b[6~']);
const BACK = new Set(['\u001b[D', '\u001b[A', '\u001bOD', '\u001bOA', 'p', 'b', 'h', 'k', '\u007f', '\u001b[5~']);
const FIRST = new Set(['\u001b[H', '\u001bOH', '\u001b[1~', 'g']);
const LAST = new Set(['\u001b[F', '\u001bOF', '\u001b[4~', 'G']);
const END = new Set(['q', 'Q', '\u001b', '\u0003', '\u0004']);

/**
 * Shows screens one by one as the reader presses keys, from the first; ends after the last or on q.
 * Plain lines follow one another, nothing is cleared or redrawn, so that a screen reader can follow. The keyboard is given back however it ends.
 */
export async function stepThrough(screens: readonly string[], keys: Keys, out: (text: string) => void): Promise<void> {
  let at = 0;
  let over = false;
  const show = () => out(`${at > 0 ? '\n' : ''}${screens[at] ?? ''}`);
  const restore = () => keys.setRawMode?.(false);
  keys.setRawMode?.(true);
  process.once('exit', restore);
  let listen: ((chunk: Buffer | string) => void) | undefined;
  let hangUp: (() => void) | undefined;
  try {
    show();
    await new Promise<void>((done, fail) => {
      hangUp = done;
      listen = (chunk) => {
        try {
          for (const key of over ? [] : keysIn(String(chunk))) {
            over = END.has(key);
            if (over) return done();
            const to = ON.has(key)
              ? at + 1
              : BACK.has(key)
                ? Math.max(0, at - 1)
                : FIRST.has(key)
                  ? 0
                  : LAST.has(key)
                    ? screens.length - 1
                    : at;
            if (to === at) continue;
            at = to;
            if (at < screens.length) show();
            over = at >= screens.length - 1;
            if (over) return done();
          }
        } catch (problem) {
          fail(problem);
        }
      };
      keys.on('data', listen);
      keys.on('end', hangUp);
      keys.resume();
    });
  } finally {
    if (listen) keys.off('data', listen);
    if (hangUp) keys.off('end', hangUp);
    restore();
    process.off('exit', restore);
    keys.pause();
  }
}

/** Keys in what the terminal sent: escape sequences whole, the rest letter by letter. */
function keysIn(chunk: string): readonly string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminals send escape characters
  return chunk.match(/\u001b(?:\[[0-9;]*[A-Za-z~]|O[A-Z])|[\s\S]/g) ?? [];
}
