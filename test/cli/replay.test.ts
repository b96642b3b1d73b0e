import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Keys } from '../../src/cli/command.ts';
import { stepThrough } from '../../src/cli/steps.ts';
import { stood } from './stood.ts';

/** A keyboard that types the given keys once somebody listens. */
function keyboard(...typed: readonly string[]) {
  const emitter = new EventEmitter();
  const raw: boolean[] = [];
  const keys: Keys & { readonly raw: boolean[]; readonly emitter: EventEmitter } = Object.assign(emitter, {
    isTTY: true,
    raw,
    emitter,
    setRawMode: (on: boolean) => raw.push(on),
    pause: () => {},
    resume: () => {
      setImmediate(() => {
        for (const key of typed) emitter.emit('data', Buffer.from(key));
      });
    },
  });
  return keys;
}

const [RIGHT, LEFT, END] = ['\u001b[C', '\u001b[D', '\u001b[F'];

async function shown(...typed: readonly string[]): Promise<{ screens: string; raw: boolean[]; listeners: number }> {
  const keys = keyboard(...typed);
  let screens = '';
  await stepThrough(['one', 'two', 'three'], keys, (text) => {
    screens += `${text.trim()} `;
  });
  return { screens: screens.trim(), raw: keys.raw, listeners: keys.emitter.listenerCount('data') };
}

describe('stepping through a replay', () => {
  it('goes on with the right arrow, space and enter, and ends after the last', async () => {
    expect((await shown(RIGHT, ' ')).screens).toBe('one two three');
    expect((await shown('\r', RIGHT)).screens).toBe('one two three');
  });

  it('goes back with the left arrow, not before the first', async () => {
    expect((await shown(LEFT, RIGHT, LEFT, RIGHT, RIGHT)).screens).toBe('one two one two three');
  });

  it('reads keys that arrive together', async () => {
    expect((await shown(`${RIGHT}${RIGHT}`)).screens).toBe('one two three');
  });

  it('goes to the last step at once', async () => {
    expect((await shown(END)).screens).toBe('one three');
  });

  it('stops on q, escape and control-C, and gives the keyboard back', async () => {
    for (const key of ['q', '\u001b', '\u0003']) {
      expect(await shown(RIGHT, key, RIGHT)).toEqual({ screens: 'one two', raw: [true, false], listeners: 0 });
    }
  });

  it('stops when the keyboard goes away', async () => {
    const keys = keyboard();
    const done = stepThrough(['one', 'two'], keys, () => {});
    keys.emitter.emit('end');
    await done;
    expect(keys.raw).toEqual([true, false]);
  });

  it('gives the keyboard back when writing fails', async () => {
    const keys = keyboard(RIGHT);
    let writes = 0;
    const failing = stepThrough(['one', 'two', 'three'], keys, () => {
      if (++writes > 1) throw new Error('gone');
    });
    await expect(failing).rejects.toThrow('gone');
    expect(keys.raw).toEqual([true, false]);
  });
});

describe('stood replay', () => {
  it('steps on a terminal', async () => {
    const stdin = keyboard(RIGHT, 'q');
    const { out, code } = await stood('replay boards-2022', {
      isTTY: true,
      columns: 80,
      stdin,
      env: { NO_COLOR: '1' },
    });
    expect(code).toBe(0);
    expect(out).toContain('Step 1 of 2');
    expect(out).not.toContain('Step 2 of 2');
    expect(stdin.raw).toEqual([true, false]);
  });

  it('prints all the steps in a pipe, and with --all', async () => {
    const piped = await stood('replay boards-2022');
    expect(piped.out).toContain('Step 2 of 2');
    const all = await stood('replay boards-2022 --all', {
      isTTY: true,
      columns: 80,
      stdin: keyboard('q'),
      env: { NO_COLOR: '1' },
    });
    expect(all.out).toBe(piped.out);
  });

  it('prints one step alone', async () => {
    const { out } = await stood('replay boards-2022 --step 2');
    expect(out).toContain('Step 2 of 2');
    expect(out).not.toContain('Step 1 of 2');
  });
});
