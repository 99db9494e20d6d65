-- Steps that wait for a person: from the moment that the review queue has their question until the step has its answer,
-- or its time is over. Those of jobs that have ended are swept.
create table workflow_task (
  review_id    uuid        primary key,
  tenant_id    uuid        not null,
  execution_id uuid        not null,
  version_id   uuid        not null,                              -- of the definition that has the step
  job_id       uuid        not null,                              -- the job that waits: the execution's, or an item's
  path         text        not null check (path <> ''),           -- where in it
  step         text        not null check (step <> ''),           -- the step's id
  items        integer[]   not null default '{}',                 -- which items of the loops around it, outermost first
  signal       text        not null check (signal <> ''),         -- by which the answer comes
  answered_by  text        check (answered_by in ('review', 'signal')), -- whoever was quicker
  created_at   timestamptz not null default now(),
  unique (job_id, path)
);
create index workflow_task_of_step on workflow_task (execution_id, step);
