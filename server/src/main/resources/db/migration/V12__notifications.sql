-- Notifications: who is told of what, what was sent, and what is too deep or too old now.

-- How far followers have acted on the events. Moved only by compare-and-set, in the transaction that acts.
create table event_cursor (
  follower text   primary key,
  xid      bigint not null,
  seq      bigint not null
);
insert into event_cursor (follower, xid, seq)
  values ('notifications', pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1, 9223372036854775807);

-- A place where somebody wants to be told.
create table notification_channel (
  channel_id     uuid        primary key,
  tenant_id      uuid        not null,
  name           text        not null check (name <> ''),
  type           text        not null check (type in ('slack', 'email', 'webhook')),
  sealed_address bytea       not null,            -- URL, recipients, mail server, secrets: noise without the master key
  occasions      text[]      not null check (cardinality(occasions) > 0),
  suite_id       uuid,                            -- only of its runs; null: of all
  languages      text[]      not null default '{}', -- only of these; none: of all
  queue_depth    integer     check (queue_depth > 0),
  queue_age_ms   bigint      check (queue_age_ms > 0),
  enabled        boolean     not null,
  active_since   timestamptz not null default now(), -- what happened before is not for it
  version        integer     not null default 1,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  constraint notification_depth check ((queue_depth is not null) = ('queue_depth' = any (occasions))),
  constraint notification_age check ((queue_age_ms is not null) = ('queue_age' = any (occasions)))
);
create index notification_channel_newest on notification_channel (tenant_id, channel_id desc);

-- One message to one channel, or to somebody whom a suite names.
create table notification (
  notification_id uuid        primary key,
  tenant_id       uuid        not null,
  channel_id      uuid        references notification_channel on delete cascade,
  recipient       text        not null,           -- the channel's id, or the place in the suite's list
  type            text        not null check (type in ('slack', 'email', 'webhook')),
  occasion        text        not null
                  check (occasion in ('auto_fail', 'run_finished', 'run_failed', 'queue_depth', 'queue_age', 'test')),
  subject         text        not null,           -- what it is about: one message of it a recipient
  run_id          uuid,
  suite_ord       smallint,                       -- of the run's suite; null: it goes to a channel
  content         jsonb       not null,
  state           text        not null default 'pending' check (state in ('pending', 'sent', 'failed', 'discarded')),
  attempts        integer     not null default 0 check (attempts >= 0),
  error_code      text,
  error           text,
  job_id          uuid,                           -- the engine's; null for tests
  created_at      timestamptz not null default now(),
  ended_at        timestamptz,
  constraint notification_end check ((state = 'pending') = (ended_at is null)),
  constraint notification_recipient check ((channel_id is null) = (suite_ord is not null and run_id is not null))
);
create unique index notification_once on notification (tenant_id, recipient, subject);
create index notification_newest on notification (tenant_id, notification_id desc);
create index notification_of_channel on notification (channel_id, notification_id desc) where channel_id is not null;
create index notification_old on notification (created_at);

-- A threshold that is crossed now. The row is made and removed in the transaction that makes the message.
create table notification_alarm (
  channel_id uuid        not null references notification_channel on delete cascade,
  occasion   text        not null check (occasion in ('queue_depth', 'queue_age')),
  episode    uuid        not null,
  raised_at  timestamptz not null default now(),
  primary key (channel_id, occasion)
);
