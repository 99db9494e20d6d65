-- What guards outbound calls: circuit breakers and rate limits, shared by all nodes. Times are this server's clock's.

create table circuit_breaker (
  tenant_id   uuid        not null,
  service     text        not null check (service ~ '^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$'),
  breaker_id  uuid        not null,                  -- what its events are about
  state       text        not null default 'CLOSED' check (state in ('CLOSED', 'OPEN', 'HALF_OPEN')),
  generation  bigint      not null default 1,        -- rises with every change of state; each change leaves the one it saw
  reason      text        not null,
  openings    integer     not null default 0 check (openings >= 0), -- in a row, without a lasting recovery between
  callers     integer     not null default 1 check (callers >= 1), -- nodes that called before it opened: they share the waves
  opened_at   timestamptz,
  open_until  timestamptz,
  closed_at   timestamptz,                           -- when it last closed: calls come back in waves from there on
  counts_from timestamptz not null default clock_timestamp(), -- what was counted before does not count any more
  config      jsonb       not null,
  version     integer     not null default 1,        -- of the configuration
  created_at  timestamptz not null default clock_timestamp(),
  updated_at  timestamptz not null default clock_timestamp(),
  primary key (tenant_id, service),
  constraint circuit_breaker_open check ((state = 'OPEN') = (open_until is not null)),
  constraint circuit_breaker_opened check ((state = 'CLOSED') = (opened_at is null))
);
-- Every node looks after those that are not closed, whether it calls their service or not.
create index circuit_breaker_not_closed on circuit_breaker (tenant_id, service) where state <> 'CLOSED';

-- What each node has counted, in spans of a second or more; a node adds to it once a second.
create table circuit_window (
  tenant_id    uuid        not null,
  service      text        not null,
  bucket_start timestamptz not null,
  node_id      uuid        not null,
  calls        bigint      not null,
  failed       bigint      not null,
  slow         bigint      not null,
  primary key (tenant_id, service, bucket_start, node_id),
  foreign key (tenant_id, service) references circuit_breaker on delete cascade,
  constraint circuit_window_counts check (failed >= 0 and slow >= 0 and failed <= calls and slow <= calls)
);
create index circuit_window_age on circuit_window (bucket_start);

-- The trial calls of a half-open breaker: one row each, claimed with SKIP LOCKED, so that there is never one more.
create table circuit_permit (
  tenant_id  uuid    not null,
  service    text    not null,
  generation bigint  not null,
  ord        integer not null,
  claim_id   uuid,                                   -- of the call that has it
  node_id    uuid,
  expires_at timestamptz,                            -- a dead node's permit is given out again
  outcome    text check (outcome in ('ok', 'failed', 'slow')),
  primary key (tenant_id, service, generation, ord),
  foreign key (tenant_id, service) references circuit_breaker on delete cascade,
  constraint circuit_permit_claim check ((claim_id is null) = (expires_at is null)),
  constraint circuit_permit_outcome check (outcome is null or claim_id is not null)
);

create table circuit_change (
  tenant_id  uuid        not null,
  service    text        not null,
  change_id  bigint      generated always as identity,
  at         timestamptz not null default clock_timestamp(),
  code       text        not null,
  from_state text        not null,
  to_state   text        not null,
  reason     text        not null,
  who        text        not null,
  primary key (tenant_id, service, change_id),
  foreign key (tenant_id, service) references circuit_breaker on delete cascade
);

-- When the next call of a key would be on time (the generic cell rate algorithm). Nodes reserve some calls at once.
create table rate_limit (
  tenant_id uuid        not null,
  key       text        not null,
  due_at    timestamptz not null,
  primary key (tenant_id, key)
);
create index rate_limit_age on rate_limit (due_at);
