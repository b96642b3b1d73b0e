import { isoDay } from '../time/day.ts';
import type { Source } from './source.ts';

/** How the record and its store are. */
export async function healthOf(source: Source, version: string) {
  const machine = await source.machine();
  const { attached } = source;
  const live = attached?.live.status();
  return {
    status: attached?.ended() ? ('failing' as const) : ('ok' as const),
    version,
    edition: machine.edition,
    events: (await source.log()).length,
    today: isoDay(source.today()),
    store:
      attached === undefined || live === undefined
        ? null
        : {
            adapter: attached.store.capabilities.adapter,
            caughtUp: live.caughtUp,
            lagMilliseconds: live.behindMilliseconds,
            position: live.checkpoint ?? null,
            fellBehind: live.fellBehind,
            ended: attached.ended(),
            unreadable: live.problems.length,
          },
  };
}
