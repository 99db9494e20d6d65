-- The durable core. Everything the engine owns lives in the schema sluice_engine; see docs/glossary.md for the words
-- and docs/invariants.md for what must hold. Released migrations are never edited: add the next one.

create type sluice_engine.job_state as enum
  ('queued', 'working', 'waiting', 'retryable', 'done', 'deadletter', 'cancelled');

-- Why a queued job can not be claimed yet. Null: it is ready.
--   time   its run time lies ahead                     limit  its limit has no slot for it
--   alone  suspected of killing workers: it is claimed by a worker that runs nothing beside it
create type sluice_engine.job_hold as enum ('time', 'limit', 'alone');

-- One row a job, live or finished. Partitioned by id: a UUIDv7 starts with its time, so a range of ids is a range of
-- time, and history is dropped by the partition.
--
-- What ends a job must be a HOT update, which costs half of another: state, worker_id and finished_at stand in no index,
-- neither as a key nor in a predicate. Indexes go by `ready`, `admitted`, `hold`, `wake_at`, `deadline_at` and `cause`,
-- which a plain completion leaves as they are; job_state ties them to the state. Partitions are filled to the half, so
-- that the next version of a row finds room beside it. Columns that are never null come first: they are found faster.
create table sluice_engine.job (
  id             uuid                     not null,
  tenant_id      uuid                     not null,
  ready_order    timestamptz              not null default now(), -- ready_at + priority * 30 s: the claim order
  created_at     timestamptz              not null default now(),
  state          sluice_engine.job_state  not null default 'queued',
  fence          integer                  not null default 0,   -- odd while a worker holds the job; rises on every move
  version        integer                  not null default 1,   -- of the handler that the job began with
  priority       smallint                 not null default 0,   -- lower is more urgent
  attempt        smallint                 not null default 0,   -- failures so far
  crashes        smallint                 not null default 0,   -- leases lost so far
  ready          boolean                  not null default true, -- queued, and nothing holds it: it can be claimed
  admitted       boolean                  not null default false, -- ready or working, and counts against its limit
  awaited        boolean                  not null default false, -- somebody on some node wants to be told of the end
  queue          text                     not null,
  kind           text                     not null,
  input          jsonb                    not null,
  hold           sluice_engine.job_hold,
  wake_at        timestamptz,                                   -- the timer of held, waiting and retryable jobs
  worker_id      uuid,
  started_at     timestamptz,                                   -- of the current or last attempt
  finished_at    timestamptz,
  deadline_at    timestamptz,                                   -- of a job that has not ended
  limit_key      text,
  unique_key     text,
  parent_id      uuid,
  join_name      text,                                          -- the parent's group that this child belongs to
  stage          text,
  progress_done  bigint,
  progress_total bigint,
  wait_reason    text,                                          -- what a waiting job waits for, in words
  cause          text,                                          -- dead letters, and only they, are grouped by it
  result         jsonb,
  last_error     jsonb,
  primary key (id),
  constraint job_state check (
    (fence % 2 = 1) = (state = 'working') and (worker_id is not null) = (state = 'working')
    and ready = (state = 'queued' and hold is null)
    and admitted = (limit_key is not null and (ready or state = 'working'))
    and case when state < 'done'
          then finished_at is null and cause is null and (hold is null or state = 'queued')
            and (wake_at is null or state <> 'working')
          else finished_at is not null and (cause is not null) = (state = 'deadletter')
            and hold is null and wake_at is null and deadline_at is null end)
) partition by range (id);

-- The one index that claims read, in claim order, so that a claim needs no sort.
create index job_ready on sluice_engine.job (queue, ready_order) where ready;
create index job_alone on sluice_engine.job (ready_order) where hold = 'alone';
create index job_blocked on sluice_engine.job (limit_key, tenant_id, ready_order) where hold = 'limit';
create index job_admitted on sluice_engine.job (limit_key) where admitted;
create index job_wake on sluice_engine.job (wake_at) where wake_at is not null;
create index job_deadline on sluice_engine.job (deadline_at) where deadline_at is not null;
create index job_child on sluice_engine.job (parent_id, join_name, id) where parent_id is not null;
create index job_dead on sluice_engine.job (kind, cause) where cause is not null;

-- What a worker took in one claim: how its jobs are found again when it dies, or never learnt of the claim. Kept until
-- all of them are over, and deleted by a later claim or pulse of the worker's, or by whoever rescues the jobs.
create table sluice_engine.claim_batch (
  worker_id  uuid        not null,
  number     bigint      not null,            -- the worker counts them
  claimed_at timestamptz not null default now(),
  jobs       uuid[]      not null,
  primary key (worker_id, number)
);
alter table sluice_engine.claim_batch alter column jobs set storage external; -- ids do not compress

-- What a step returned, or how it failed for good; written once, read by every later attempt of the job.
create table sluice_engine.checkpoint (
  job_id      uuid        not null,
  scope       text        not null,          -- '' at the root; branches and loop items open scopes below it
  name        text        not null,
  status      text        not null check (status in ('done', 'failed', 'retrying')),
  attempt     smallint    not null default 1, -- of the step
  fence       integer     not null,          -- of the holder that wrote it
  value       jsonb,
  error       jsonb,
  started_at  timestamptz not null,
  recorded_at timestamptz not null default now(),
  primary key (job_id, scope, name)
) partition by range (job_id);

-- The moves of a job that its row alone can not tell: everything but a plain claim and a plain completion.
create table sluice_engine.move (
  job_id   uuid                    not null,
  fence    integer                 not null,  -- the job's, after the move
  at       timestamptz             not null default clock_timestamp(),
  "from"   sluice_engine.job_state not null,
  "to"     sluice_engine.job_state not null,
  who      text                    not null,
  why      text                    not null,
  attempt_started_at timestamptz,             -- of the attempt that the move ended
  error    jsonb,
  primary key (job_id, fence, at)
) partition by range (job_id);

-- What was announced. Tails follow (xid, seq) below the oldest running transaction, so that a late commit is not missed.
create sequence sluice_engine.event_seq cache 1;
create table sluice_engine.event (
  id         uuid        not null,
  xid        xid8        not null default pg_current_xact_id(),
  seq        bigint      not null default nextval('sluice_engine.event_seq'),
  tenant_id  uuid        not null,
  job_id     uuid,
  subject_id uuid,                            -- what the event is about, in the words of the application
  type       text        not null,
  severity   text        not null check (severity in ('debug', 'info', 'warn', 'error')),
  code       text        not null,
  payload    jsonb       not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  primary key (id)
) partition by range (id);
create index event_tail on sluice_engine.event (xid, seq);
create index event_job on sluice_engine.event (job_id, seq);

-- A signal that came, kept until a wait takes it.
create table sluice_engine.signal (
  job_id   uuid        not null,
  id       uuid        not null,
  name     text        not null,
  payload  jsonb,
  sent_at  timestamptz not null default clock_timestamp(),
  taken_by text,                              -- scope/name of the wait that took it
  primary key (job_id, id)
) partition by range (job_id);

-- Idempotent enqueue. Apart from the jobs, so that a key can be unique across partitions and can expire.
create table sluice_engine.unique_key (
  tenant_id  uuid        not null,
  kind       text        not null,
  key        text        not null,
  job_id     uuid        not null,
  expires_at timestamptz,                     -- null: while the job lives
  primary key (tenant_id, kind, key)
);
create index unique_key_expiry on sluice_engine.unique_key (expires_at) where expires_at is not null;

-- One row a group of children that a parent waits for; counted down in batches, in the transactions that end children.
create table sluice_engine.child_group (
  parent_id uuid    not null,
  name      text    not null,
  total     integer not null,
  pending   integer not null check (pending >= 0),
  primary key (parent_id, name)
);

-- Who works. A lease that ran out makes the worker dead for ever: it must register anew under another id.
create table sluice_engine.worker (
  id          uuid        primary key,
  name        text        not null,
  started_at  timestamptz not null default now(),
  lease_until timestamptz not null,
  dead        boolean     not null default false,
  kinds       text[]      not null,
  queues      text[]      not null
) with (fillfactor = 50);

-- What the workers know; the SQL function enqueue() looks here.
create table sluice_engine.kind (
  name       text    primary key,
  queue      text    not null,
  version    integer not null,
  limit_name text,
  priority   smallint not null,
  stages     text[]  not null
);

create table sluice_engine.queue (
  name      text primary key,
  paused_at timestamptz,
  paused_by text,
  constraint queue_pause check ((paused_at is null) = (paused_by is null))
);

-- The rules of limits by name; a job's limit_key is name, or name:value.
create table sluice_engine.limit_rule (
  name        text primary key,
  max_running integer check (max_running > 0),       -- ready and working jobs of one key, on all nodes together
  rate        integer check (rate > 0),              -- admissions of one key ...
  rate_period interval check (rate_period > interval '0'), -- ... in this time
  constraint limit_rule_rate check ((rate is null) = (rate_period is null)),
  constraint limit_rule_says check (max_running is not null or rate is not null)
);

-- One row a key in use: the lock that admissions of the key take, and its rate bucket.
create table sluice_engine.limit_bucket (
  limit_key   text primary key,
  next_free_at timestamptz not null default '-infinity', -- theoretical arrival time of the next admission (GCRA)
  last_tenant uuid                                       -- whose turn it was last
);

create table sluice_engine.schedule (
  name        text        primary key,
  tenant_id   uuid        not null,
  kind        text        not null,
  input       jsonb       not null,
  cron        text,
  zone        text        not null,
  every       interval check (every >= interval '1 second'),
  missed      text        not null check (missed in ('SKIP', 'RUN_ONCE', 'RUN_ALL')),
  gap         text        not null check (gap in ('RUN_AFTER_GAP', 'SKIP')),
  paused      boolean     not null default false,
  next_at     timestamptz,
  fired_at    timestamptz,
  constraint schedule_rhythm check ((cron is null) <> (every is null))
);
create index schedule_due on sluice_engine.schedule (next_at) where not paused;

-- The smallest UUIDv7 of an instant: the border of a partition.
create function sluice_engine.uuid_floor(at timestamptz) returns uuid
language sql immutable parallel safe as $$
  select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$;

-- A new UUIDv7 (RFC 9562), for programs that enqueue from plain SQL; PostgreSQL has its own from version 18 only.
create function sluice_engine.uuid_v7() returns uuid
language sql volatile parallel safe as $$
  select (lpad(to_hex(floor(extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0')
    || '7' || substr(r, 14, 3) || substr(r, 17))::uuid
  from replace(gen_random_uuid()::text, '-', '') r
$$;

-- Makes the partitions that cover an instant, of every partitioned table; harmless when they are there.
-- Runs with the owner's rights: the role that runs jobs owns nothing.
create function sluice_engine.cover(at timestamptz, width interval) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  lower timestamptz := to_timestamp(floor(extract(epoch from at) / extract(epoch from width)) * extract(epoch from width));
  upper timestamptz := lower + width;
  suffix text := to_char(lower at time zone 'UTC', 'YYYYMMDD"t"HH24MI');
  parent text;
begin
  if to_regclass(format('sluice_engine.%I', 'job_' || suffix)) is not null then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtext('sluice_engine.cover'));
  foreach parent in array array['job', 'checkpoint', 'move', 'event', 'signal'] loop
    if to_regclass(format('sluice_engine.%I', parent || '_' || suffix)) is null then
      execute format('create table sluice_engine.%I partition of sluice_engine.%I for values from (%L) to (%L) with (fillfactor = %s, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0)',
        parent || '_' || suffix, parent, sluice_engine.uuid_floor(lower), sluice_engine.uuid_floor(upper),
        case parent when 'job' then 50 else 75 end);
    end if;
  end loop;
end $$;

-- Drops the partitions that end before an instant; what still lives in them moves to the default partition first.
create function sluice_engine.drop_before(border timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
  old record;
  suffix text;
  satellite text;
  dropped integer := 0;
begin
  for old in
    select c.relname::text as name
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'sluice_engine.job'::regclass and c.relname <> 'job_default'
      and (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''([0-9a-f-]+)''\)'))[1]::uuid <= sluice_engine.uuid_floor(border)
    order by c.relname
  loop
    suffix := substr(old.name, 5);
    execute format('alter table sluice_engine.job detach partition sluice_engine.%I', 'job_' || suffix);
    execute format('insert into sluice_engine.job select * from sluice_engine.%I where finished_at is null or finished_at >= %L',
      'job_' || suffix, border);
    foreach satellite in array array['checkpoint', 'move', 'signal', 'event'] loop
      execute format('alter table sluice_engine.%I detach partition sluice_engine.%I', satellite, satellite || '_' || suffix);
      execute format('insert into sluice_engine.%I select s.* from sluice_engine.%I s where exists (select from sluice_engine.job j where j.id = s.job_id)',
        satellite, satellite || '_' || suffix);
      execute format('drop table sluice_engine.%I', satellite || '_' || suffix);
    end loop;
    execute format('drop table sluice_engine.%I', 'job_' || suffix);
    dropped := dropped + 1;
  end loop;
  delete from sluice_engine.job where tableoid = 'sluice_engine.job_default'::regclass and finished_at < border;
  foreach satellite in array array['checkpoint', 'move', 'signal', 'event'] loop
    execute format('delete from sluice_engine.%I s where not exists (select from sluice_engine.job j where j.id = s.job_id)',
      satellite || '_default');
  end loop;
  delete from sluice_engine.child_group g where not exists (select from sluice_engine.job j where j.id = g.parent_id);
  delete from sluice_engine.unique_key u where expires_at is null
    and not exists (select from sluice_engine.job j where j.id = u.job_id);
  return dropped;
end $$;

create table sluice_engine.job_default partition of sluice_engine.job default;
create table sluice_engine.checkpoint_default partition of sluice_engine.checkpoint default;
create table sluice_engine.move_default partition of sluice_engine.move default;
create table sluice_engine.event_default partition of sluice_engine.event default;
create table sluice_engine.signal_default partition of sluice_engine.signal default;

-- Why a job that enters the queue is not ready at once. A job that was running when two workers died is suspected of
-- having killed them, and runs alone from then on; its limit is not asked any more.
create function sluice_engine.entry_hold(limit_key text, crashes smallint) returns sluice_engine.job_hold
language sql immutable parallel safe as $$
  select case when crashes >= 2 then 'alone'::sluice_engine.job_hold
              when limit_key is not null then 'limit'::sluice_engine.job_hold end
$$;

-- Enqueues from plain SQL: from a trigger, a script, another program. The job exists if and only if the caller's
-- transaction commits. Notifies inside the transaction; the Java surface notifies after it, which costs less.
create function sluice_engine.enqueue(
  kind text, input jsonb, tenant_id uuid default '00000000-0000-7000-8000-000000000001',
  queue text default null, priority smallint default null, run_at timestamptz default null,
  unique_key text default null, unique_for interval default null, limit_value text default null,
  deadline interval default null) returns uuid
language plpgsql as $$
#variable_conflict use_variable
declare
  known sluice_engine.kind;
  job uuid := sluice_engine.uuid_v7();
  winner uuid;
  key_of_limit text;
  hold sluice_engine.job_hold;
  target text;
  urgency smallint;
begin
  select * into known from sluice_engine.kind k where k.name = kind;
  target := coalesce(queue, known.queue, 'default');
  urgency := coalesce(priority, known.priority, 0::smallint);
  if unique_key is not null then
    insert into sluice_engine.unique_key as u (tenant_id, kind, key, job_id, expires_at)
    values (tenant_id, kind, unique_key, job, now() + unique_for)
    on conflict on constraint unique_key_pkey do update
      set job_id = case when u.expires_at < now() then excluded.job_id else u.job_id end,
          expires_at = case when u.expires_at < now() then excluded.expires_at else u.expires_at end
    returning u.job_id into winner;
    if winner <> job then
      return winner;
    end if;
  end if;
  if known.limit_name is not null then
    key_of_limit := known.limit_name || coalesce(':' || limit_value, '');
  end if;
  hold := case when run_at > now() then 'time'::sluice_engine.job_hold
               when key_of_limit is not null then 'limit'::sluice_engine.job_hold end;
  insert into sluice_engine.job (id, tenant_id, queue, kind, version, priority, ready, hold, ready_order, wake_at,
    limit_key, unique_key, deadline_at, input)
  values (job, tenant_id, target, kind, coalesce(known.version, 1), urgency, hold is null, hold,
    coalesce(greatest(run_at, now()), now()) + urgency * interval '30 seconds',
    case when run_at > now() then run_at end, key_of_limit, unique_key, now() + deadline, input);
  perform pg_notify('sluice_wake', case when hold is null then target else '*' end);
  return job;
end $$;

-- Sends a signal, to be taken by one wait of that name, now or later. Locks the job first, so that a job that is just
-- going to wait either sees the signal or is woken by it. False: there is no such unfinished job.
create function sluice_engine.signal(job uuid, name text, payload jsonb default 'null') returns boolean
language plpgsql as $$
#variable_conflict use_variable
declare
  target sluice_engine.job;
begin
  select * into target from sluice_engine.job j where j.id = job for no key update;
  if target.id is null or target.finished_at is not null then
    return false;
  end if;
  insert into sluice_engine.signal (job_id, id, name, payload) values (job, sluice_engine.uuid_v7(), name, payload);
  if target.state = 'waiting' then
    update sluice_engine.job j
      set state = 'queued', fence = fence + 2, wake_at = null, wait_reason = null,
          hold = sluice_engine.entry_hold(j.limit_key, j.crashes),
          ready = sluice_engine.entry_hold(j.limit_key, j.crashes) is null,
          ready_order = now() + j.priority * interval '30 seconds'
      where j.id = job and j.state = 'waiting';
    insert into sluice_engine.move (job_id, fence, "from", "to", who, why)
      values (job, target.fence + 2, 'waiting', 'queued', 'signal', 'signal ' || name);
    perform pg_notify('sluice_wake', case when sluice_engine.entry_hold(target.limit_key, target.crashes) is null then target.queue else '*' end);
  elsif target.state = 'working' then
    perform pg_notify('sluice_job', 'signal:' || job);
  elsif target.ready then
    perform pg_notify('sluice_wake', target.queue); -- a claim passes over the row that is locked here
  end if;
  return true;
end $$;

-- Admits as many held jobs of a limit's key as it has room for. Slots go to the tenant that has the fewest, and among
-- equals in turn, so that one slot at a time is shared as fairly as many at once. Its own transaction, or the end of
-- one: the row lock on the bucket makes admissions of one key follow each other, and the count below is taken after it.
-- A rate of n in a period is a GCRA (ITU-T I.371) with a burst of n/10 and an interval that keeps every window of that
-- length at n or less. Its settings are those of claim(), for the same reason: all that is held back is never to be read.
-- So does the coalesce: without it the index of what is held back, not the primary key, would find what is to be admitted.
create function sluice_engine.admit(key text, most integer, out admitted integer, out next_at timestamptz, out queues text[])
language plpgsql
set enable_sort = off set enable_bitmapscan = off set enable_seqscan = off set plan_cache_mode = force_generic_plan
as $$
declare
  rule sluice_engine.limit_rule;
  bucket timestamptz;
  last_served uuid;
  room integer := most;
  burst integer;
  gap interval;
  moment timestamptz;
begin
  admitted := 0;
  queues := '{}';
  insert into sluice_engine.limit_bucket (limit_key) values (key) on conflict do nothing;
  select b.next_free_at, b.last_tenant into bucket, last_served from sluice_engine.limit_bucket b where b.limit_key = key for update;
  select * into rule from sluice_engine.limit_rule r where r.name = split_part(key, ':', 1);
  if rule.name is null then
    return; -- no worker has said yet what the limit is
  end if;
  moment := clock_timestamp();
  if rule.max_running is not null then
    select least(room, rule.max_running - count(*)) into room
    from sluice_engine.job j
    where j.limit_key = key and j.admitted;
  end if;
  if rule.rate is not null then
    burst := greatest(1, rule.rate / 10);
    gap := rule.rate_period / (rule.rate - burst + 1);
    bucket := greatest(bucket, moment);
    room := least(room, 1 + floor(extract(epoch from moment + gap * (burst - 1) - bucket) / extract(epoch from gap))::integer);
    next_at := bucket - gap * (burst - 1);
  end if;
  if room <= 0 then
    return;
  end if;
  with recursive tenant(id) as (
    (select j.tenant_id from sluice_engine.job j
     where j.hold = 'limit' and j.limit_key = key order by j.tenant_id limit 1)
    union all
    select (select j.tenant_id from sluice_engine.job j
            where j.hold = 'limit' and j.limit_key = key and j.tenant_id > t.id order by j.tenant_id limit 1)
    from tenant t where t.id is not null
  ), share as materialized (
    select t.id, case when rule.max_running is null then 0 else (
      select count(*) from sluice_engine.job j
      where j.limit_key = key and j.tenant_id = t.id and j.admitted) end as slots
    from tenant t
    where t.id is not null
  ), turn as (
    select picked.id, t.id as tenant, coalesce(t.id <= last_served, false) as behind,
      row_number() over (partition by t.id order by picked.ready_order) + t.slots as round
    from share t
    cross join lateral (
      select j.id, j.ready_order from sluice_engine.job j
      where j.hold = 'limit' and j.limit_key = key and j.tenant_id = t.id order by j.ready_order limit room) picked
  ), chosen as (
    select turn.id, turn.tenant, row_number() over (order by turn.round, turn.behind, turn.tenant) as place
    from turn order by place limit room
  ), entered as (
    update sluice_engine.job j
    set hold = null, ready = true, admitted = true, ready_order = moment + j.priority * interval '30 seconds'
    where j.id = any (array(select chosen.id from chosen)) and coalesce(j.hold, 'time') = 'limit'
    returning j.queue
  )
  select count(*), coalesce(array_agg(distinct e.queue), '{}'),
    coalesce((select c.tenant from chosen c order by c.place desc limit 1), last_served)
  into admitted, queues, last_served from entered e;
  update sluice_engine.limit_bucket b set last_tenant = last_served
  where b.limit_key = key and b.last_tenant is distinct from last_served;
  if rule.rate is not null then
    bucket := bucket + gap * admitted;
    update sluice_engine.limit_bucket b set next_free_at = bucket where b.limit_key = key;
    next_at := bucket - gap * (burst - 1);
  end if;
end $$;

-- Claims ready jobs of a queue for a worker, in the order of the index job_ready, and renews the worker's lease, which
-- may be about to end. Nobody claims for a dead worker, or from a paused queue. The claim is noted as a batch of this
-- number, and batches that are over are forgotten.
-- A function for the sake of its settings: left alone, a planner whose statistics say that hardly a job is ready reads
-- the whole backlog and sorts it, for every claim. The ids are picked first and updated by `= any (…)`: as a join, the
-- same statistics make it loop over the table for each of the batch.
create function sluice_engine.claim(
  worker uuid, lease interval, target text, known text[], most integer, batch bigint, batches_over bigint[])
returns table (
  id uuid, tenant_id uuid, kind text, version integer, fence integer, attempt smallint, crashes smallint, input text,
  limit_key text, unique_key text, parent_id uuid, join_name text, waited_s double precision, left_s double precision)
language plpgsql
set enable_sort = off set enable_bitmapscan = off set enable_seqscan = off set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
  return query
    with alive as (
      update sluice_engine.worker w set lease_until = now() + lease where w.id = worker and not w.dead returning w.id)
    , picked as materialized (
      select array(
        select r.id from sluice_engine.job r
        where r.queue = target and r.ready and r.kind = any (known)
          and not exists (select from sluice_engine.queue q where q.name = target and q.paused_at is not null)
        order by r.ready_order limit most for update skip locked) as ids
      where exists (select from alive))
    , noted as (
      insert into sluice_engine.claim_batch (worker_id, number, jobs)
      select worker, batch, p.ids from picked p where p.ids <> '{}')
    , forgotten as (
      delete from sluice_engine.claim_batch b where b.worker_id = worker and b.number = any (batches_over))
    update sluice_engine.job j
    set state = 'working', ready = false, fence = j.fence + 1, worker_id = worker, started_at = clock_timestamp()
    where j.id = any ((select p.ids from picked p)::uuid[])
    returning j.id, j.tenant_id, j.kind, j.version, j.fence, j.attempt, j.crashes, j.input::text, j.limit_key,
      j.unique_key, j.parent_id, j.join_name,
      date_part('epoch', j.started_at - j.ready_order) + j.priority * 30,
      date_part('epoch', j.deadline_at - j.started_at);
end $$;

-- Claims one suspect, from any queue.
create function sluice_engine.claim_alone(worker uuid, lease interval, known text[], batch bigint)
returns table (
  queue text, id uuid, tenant_id uuid, kind text, version integer, fence integer, attempt smallint, crashes smallint,
  input text, limit_key text, unique_key text, parent_id uuid, join_name text, waited_s double precision,
  left_s double precision)
language plpgsql as $$
#variable_conflict use_column
begin
  return query
    with alive as (
      update sluice_engine.worker w set lease_until = now() + lease where w.id = worker and not w.dead returning w.id)
    , picked as materialized (
      select array(
        select r.id from sluice_engine.job r
        where r.hold = 'alone' and r.kind = any (known)
          and not exists (select from sluice_engine.queue q where q.name = r.queue and q.paused_at is not null)
        order by r.ready_order limit 1 for update skip locked) as ids
      where exists (select from alive))
    , noted as (
      insert into sluice_engine.claim_batch (worker_id, number, jobs)
      select worker, batch, p.ids from picked p where p.ids <> '{}')
    update sluice_engine.job j
    set state = 'working', hold = null, admitted = j.limit_key is not null, fence = j.fence + 1, worker_id = worker,
        started_at = clock_timestamp()
    where j.id = any ((select p.ids from picked p)::uuid[])
    returning j.queue, j.id, j.tenant_id, j.kind, j.version, j.fence, j.attempt, j.crashes, j.input::text, j.limit_key,
      j.unique_key, j.parent_id, j.join_name,
      date_part('epoch', j.started_at - j.ready_order) + j.priority * 30,
      date_part('epoch', j.deadline_at - j.started_at);
end $$;
