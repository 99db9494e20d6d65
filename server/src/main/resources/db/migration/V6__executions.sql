-- Executions of workflows. What an execution does is its job's affair: here is only what the job does not know. Its
-- status is read from the job and stands nowhere else; a row whose job was dropped with old history is dropped too.
create table workflow_execution (
  execution_id     uuid        primary key,       -- the job's
  tenant_id        uuid        not null,
  version_id       uuid        not null,          -- of the definition
  workflow_id      uuid,                          -- null: the definition came with the request
  workflow_name    text        not null,
  workflow_version integer     not null check (workflow_version >= 0),
  trigger_type     text        not null check (trigger_type in ('manual', 'schedule', 'webhook', 'event', 'workflow', 'fork')),
  trigger_id       uuid,                          -- of the trigger that fired
  started_by       text        not null,
  parent_id        uuid,                          -- the execution whose step this one is
  forked_from      uuid,
  forked_step      text,
  labels           jsonb       not null default '{}' check (jsonb_typeof(labels) = 'object'),
  run_at           timestamptz,                   -- not before; null: at once
  held_at          timestamptz,
  held_by          text,
  created_at       timestamptz not null default now(),
  constraint workflow_execution_held check ((held_at is null) = (held_by is null)),
  constraint workflow_execution_forked check ((forked_from is null) = (forked_step is null))
);
-- Ids rise with time: lists are newest first, and a span of time is a range of ids.
create index workflow_execution_newest on workflow_execution (tenant_id, execution_id desc);
create index workflow_execution_of_workflow on workflow_execution (tenant_id, workflow_id, execution_id desc);
create index workflow_execution_labels on workflow_execution using gin (labels jsonb_path_ops);
create index workflow_execution_children on workflow_execution (parent_id) where parent_id is not null;
create index workflow_execution_unnamed on workflow_execution (version_id) where workflow_id is null;
create index workflow_execution_is_held on workflow_execution (execution_id, held_by) where held_at is not null;

-- Executions that wait are found among a million that have ended without reading those. Only jobs that park pay for it:
-- what ends a job leaves this column as it is.
create index job_waiting on sluice_engine.job (kind, id) where wait_reason is not null;

-- Executions as they are now.
create view workflow_execution_now as
  select e.*, j.state, j.ready, j.hold, j.queue, j.priority, j.attempt, j.crashes, j.fence, j.started_at, j.finished_at, j.wake_at,
    j.deadline_at, j.wait_reason, j.cause, j.last_error, j.progress_done, j.progress_total,
    case j.state
      when 'queued' then case when j.hold = 'time' then 'pending' else 'queued' end
      when 'working' then 'running'
      when 'waiting' then 'waiting'
      when 'retryable' then 'waiting'
      when 'done' then 'completed'
      when 'cancelled' then 'cancelled'
      else case when j.last_error ->> 'errorType' in ('DEADLINE_EXCEEDED', 'WORKFLOW_TIMEOUT') then 'timed_out' else 'failed' end
    end as status,
    extract(epoch from j.finished_at - greatest(e.created_at, e.run_at)) as seconds
  from workflow_execution e join sluice_engine.job j on j.id = e.execution_id;

-- Definitions that came with a request, once each; kept as long as an execution of them is.
create table unnamed_definition (
  version_id uuid        primary key,
  tenant_id  uuid        not null,
  sha256     text        not null check (sha256 ~ '^[0-9a-f]{64}$'), -- of the definition
  name       text        not null,
  definition json        not null,
  used_at    timestamptz not null default now(),
  unique (tenant_id, sha256)
);
