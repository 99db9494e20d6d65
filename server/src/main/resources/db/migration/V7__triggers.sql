-- Triggers: what starts executions by itself, and each time that it did or did not.

create table workflow_trigger (
  trigger_id       uuid        primary key,
  tenant_id        uuid        not null,
  name             text        not null check (name <> ''),
  description      text,
  type             text        not null check (type in ('manual', 'schedule', 'webhook', 'event')),
  workflow         text        not null,          -- id or name; looked up at each firing
  workflow_version integer,
  workflow_alias   text,
  input            jsonb,                         -- a template; null: what came, as it is
  rule             jsonb       not null,          -- what its type needs; no secret
  enabled          boolean     not null,
  active_since     pg_snapshot not null default pg_current_snapshot(), -- an event that this sees is too old for it
  token_hash       text        check (token_hash ~ '^[0-9a-f]{64}$'), -- SHA-256 of a webhook's token
  sealed_secrets   bytea,                         -- without the master key they are noise
  revision         integer     not null default 1,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  constraint workflow_trigger_one_version check (workflow_version is null or workflow_alias is null),
  constraint workflow_trigger_has_address check ((type = 'webhook') = (token_hash is not null))
);
create index workflow_trigger_newest on workflow_trigger (tenant_id, trigger_id desc);
create unique index workflow_trigger_token on workflow_trigger (token_hash);
-- The follower reads these, and no others, whenever something was announced.
create index workflow_trigger_event on workflow_trigger (tenant_id) where type = 'event' and enabled;

-- Each firing, once: by the time it was due, by the event, by the call.
create table trigger_firing (
  firing_id    uuid        primary key,
  tenant_id    uuid        not null,
  trigger_id   uuid        not null references workflow_trigger on delete cascade,
  key          text        not null,
  why          text        not null check (why in ('manual', 'schedule', 'webhook', 'event')),
  fired_by     text        not null,
  fired_at     timestamptz not null default now(),
  due_at       timestamptz,
  source_id    uuid,                              -- the event or the received call
  depth        integer     not null check (depth > 0),
  outcome      text        not null check (outcome in ('started', 'queued', 'skipped', 'refused', 'failed')),
  execution_id uuid,                              -- its job may be dropped earlier
  job_id       uuid,                              -- of the job that waits with a queued firing
  reason_code  text,
  reason       text,
  constraint trigger_firing_once unique (trigger_id, key),
  constraint trigger_firing_started check ((outcome = 'started') = (execution_id is not null)),
  constraint trigger_firing_says_why check ((outcome in ('skipped', 'refused', 'failed')) = (reason_code is not null))
);
create index trigger_firing_newest on trigger_firing (trigger_id, firing_id desc);
create index trigger_firing_clock on trigger_firing (trigger_id, firing_id desc)
  where outcome = 'started' and why = 'schedule';
create index trigger_firing_execution on trigger_firing (execution_id) where execution_id is not null;
create index trigger_firing_queued on trigger_firing (trigger_id, firing_id) where outcome = 'queued';

-- How far the events were followed, for triggers and for steps that wait for one. Moved only by compare-and-set, in the
-- transaction that starts and signals, so that of several nodes one does it.
create table trigger_cursor (
  only_one boolean primary key default true check (only_one),
  xid      bigint  not null,
  seq      bigint  not null
);
insert into trigger_cursor (xid, seq)
  values (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1, 9223372036854775807);

-- A wait is noted a moment after it has begun, or long after if a server died between: what was announced meanwhile, and
-- followed already, is looked through once.
alter table workflow_event_wait add column looked_back boolean not null default false;
create index workflow_event_wait_new on workflow_event_wait (since) where not looked_back;
