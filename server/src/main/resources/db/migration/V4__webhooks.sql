-- Webhooks: signed deliveries out, verified calls in.

-- Who wants to be told of what. Secrets and static headers are sealed: without the master key they are noise.
create table webhook (
  webhook_id       uuid        primary key,
  tenant_id        uuid        not null,
  name             text        not null check (name <> ''),
  url              text        not null,
  description      text,
  types            text[]      not null check (cardinality(types) > 0),
  filter           text,                          -- JSONata over the event; null: all
  sealed_headers   bytea,                         -- null: none
  enabled          boolean     not null,
  disabled_at      timestamptz,
  disabled_reason  text,
  active_since     timestamptz not null default now(),   -- events before are not for it
  failing_since    timestamptz,                   -- the first failure after the last success
  exhausted_in_row integer     not null default 0 check (exhausted_in_row >= 0),
  throttled_until  timestamptz,                   -- the receiver asked for a pause
  version          integer     not null default 1,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  constraint webhook_disabled_says_why check (enabled = (disabled_at is null))
);
create index webhook_newest on webhook (tenant_id, webhook_id desc);

-- What deliveries are signed with. After a rotation the old secret is valid for a while: both signatures are sent.
create table webhook_secret (
  secret_id  uuid        primary key,
  tenant_id  uuid        not null,
  webhook_id uuid        not null references webhook on delete cascade,
  sealed     bytea       not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz                          -- null: the current one
);
create unique index webhook_secret_current on webhook_secret (webhook_id) where expires_at is null;
create index webhook_secret_of on webhook_secret (webhook_id);

-- How far the events were turned into deliveries. Moved only by compare-and-set, in the transaction that inserts them,
-- so that of several nodes one makes each delivery.
create table webhook_cursor (
  only_one boolean primary key default true check (only_one),
  xid      bigint  not null,
  seq      bigint  not null
);
insert into webhook_cursor (xid, seq)
  values (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1, 9223372036854775807);

-- One event on its way to one webhook, or one that was sent again, or a test.
create table webhook_delivery (
  delivery_id   uuid        primary key,
  tenant_id     uuid        not null,
  webhook_id    uuid        not null references webhook on delete cascade,
  message_id    text        not null check (position('.' in message_id) = 0),
  event_id      uuid,                             -- the engine's; it may be dropped earlier
  origin        text        not null check (origin in ('event', 'redelivery', 'test')),
  redelivery_of uuid,
  type          text        not null,
  body          text        not null,             -- exactly what is signed and sent
  status        text        not null default 'pending'
                check (status in ('pending', 'delivered', 'failed', 'discarded')),
  attempts      integer     not null default 0 check (attempts >= 0),
  job_id        uuid,                             -- the engine's; null for tests
  created_at    timestamptz not null default now(),
  ended_at      timestamptz,
  constraint webhook_delivery_end check ((status = 'pending') = (ended_at is null))
);
create index webhook_delivery_newest on webhook_delivery (webhook_id, delivery_id desc);
create index webhook_delivery_old on webhook_delivery (created_at);
create unique index webhook_delivery_once on webhook_delivery (webhook_id, event_id) where origin = 'event';

create table webhook_attempt (
  delivery_id      uuid        not null references webhook_delivery on delete cascade,
  number           integer     not null check (number > 0),
  tenant_id        uuid        not null,
  sent_at          timestamptz not null,
  took_ms          bigint      not null,
  request_headers  jsonb       not null,          -- without credentials
  status           integer,                       -- null: there was no answer
  response_headers jsonb,
  response_body    text,                          -- its beginning
  error_code       text,
  error            text,
  primary key (delivery_id, number)
);

-- Calls that came in, accepted or not. The reason is for the owner; the caller is told nothing.
create table received_hook (
  hook_id     uuid        primary key,
  tenant_id   uuid        not null,
  trigger_id  uuid        not null,
  received_at timestamptz not null default now(),
  verdict     text        not null check (verdict in ('accepted', 'refused', 'replayed')),
  reason      text,
  replay_key  text,
  headers     jsonb       not null,               -- without credentials
  body        bytea       not null,               -- its beginning
  body_bytes  integer     not null,
  started_id  uuid,                               -- what it started
  constraint received_hook_reason check ((verdict = 'refused') = (reason is not null))
);
create index received_hook_newest on received_hook (tenant_id, trigger_id, hook_id desc);
create index received_hook_old on received_hook (received_at);
create unique index received_hook_once on received_hook (trigger_id, replay_key) where verdict = 'accepted';
