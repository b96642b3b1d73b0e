/** `stod` in ASCII: what the header of our files says that they are (SQLite's `application_id`). */
export const APPLICATION_ID = 0x73746f64;
/** Version of the tables below (SQLite's `user_version`). */
export const SCHEMA_VERSION = 1;

/** The whole of a store file; `docs/store.md` says what each column means. */
export const SCHEMA = `
create table events (
  position integer primary key,
  stream   text    not null,
  revision integer not null check (revision >= 0),
  id       text    not null,
  type     text    not null,
  created  text    not null,
  bytes    integer not null,
  chain    text    not null check (length(chain) = 64),
  metadata text    not null,
  data     text    not null,
  unique (stream, revision),
  unique (id, stream)
) strict;

create trigger events_are_never_changed before update on events
begin select raise(abort, 'an event store only grows: events are never changed'); end;

create trigger events_are_never_deleted before delete on events
begin select raise(abort, 'an event store only grows: events are never deleted'); end;

create view record as
select position, stream, revision, type, data ->> '$.id' as event, metadata ->> '$.effective' as effective,
       metadata ->> '$.recordedAt' as recorded, data
from events where stream like 'milestone-%';

pragma application_id = ${APPLICATION_ID};
pragma user_version = ${SCHEMA_VERSION};
`;

/** The chain before the first event. */
export const GENESIS = '0'.repeat(64);
