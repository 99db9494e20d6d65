-- Steps that wait for an event: from the step's begin until its event has come or its time is over. Found by the type of
-- each event, whatever the tenant: the follower of events reads all of them once.
create table workflow_event_wait (
  execution_id uuid        not null,        -- the job that waits, the engine's; an item of an execution is one of its own
  step         text        not null check (step <> ''),
  tenant_id    uuid        not null,
  type         text        not null check (type <> ''),
  filter       text,                        -- an expression over variables and event
  variables    jsonb       not null default '{}',
  since        timestamptz not null,
  primary key (execution_id, step)
);
create index workflow_event_wait_type on workflow_event_wait (type, since);
