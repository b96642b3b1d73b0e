import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Order, Report } from '../../test/support/loopback/serve.ts';

const SERVER = fileURLToPath(new URL('../../test/support/loopback/serve.ts', import.meta.url));

/** The loopback server in a process of its own. */
export interface Served {
  readonly url: string;
  tell(order: Order): Promise<Report>;
  stop(): void;
}

/** Starts the loopback server in a process of its own. */
export async function served(): Promise<Served> {
  const child: ChildProcess = fork(SERVER, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const heard = async (): Promise<Report> => ((await once(child, 'message')) as [Report])[0];
  const first = await heard();
  if (!('address' in first)) throw new Error('the server did not say where it is');
  return {
    url: `esdb://${first.address}?tls=false`,
    async tell(order) {
      const answer = heard();
      child.send(order);
      return answer;
    },
    stop: () => void child.kill(),
  };
}
