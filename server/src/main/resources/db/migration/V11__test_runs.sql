-- Runs of tests: what was chosen, each execution with its trace and attempts, what validation made of it, and how a
-- run's result was revised. No counter is kept anywhere: all are counted from executions.

create table test_run (
  run_id           uuid        primary key,
  tenant_id        uuid        not null,
  name             text        not null,
  suite_id         uuid,                          -- null: cases were named
  suite_version    integer,
  status           text        not null default 'pending'
                   check (status in ('pending', 'running', 'completed', 'failed', 'cancelled')),
  trigger_type     text        not null,
  trigger_metadata jsonb       not null,
  languages        text[]      not null check (cardinality(languages) > 0), -- BCP 47
  environment      jsonb       not null,          -- name and variables
  selection        jsonb       not null,          -- the suite, cases and items, pinned to versions
  total_tests      integer     not null check (total_tests >= 0), -- cases
  priority         smallint    not null check (priority between 1 and 10),
  inline           boolean     not null default false, -- ran in a caller's request
  completion       jsonb,                         -- kind and input of a job to enqueue when all is over
  completion_job   uuid,
  rerun_of         uuid,
  imported_from    text,                          -- the tool whose report it was read from
  job_id           uuid,
  error_code       text,
  error            text,
  created_by       text        not null,
  created_at       timestamptz not null default now(),
  started_at       timestamptz,
  ended_at         timestamptz,
  constraint test_run_ended check ((ended_at is null) = (status in ('pending', 'running')))
);
create index test_run_listed on test_run (tenant_id, run_id desc);
create index test_run_suite on test_run (tenant_id, suite_id, run_id desc) where suite_id is not null;
create index test_run_job on test_run (job_id) where job_id is not null;

create table test_execution (
  execution_id     uuid        primary key,
  tenant_id        uuid        not null,
  run_id           uuid        not null references test_run on delete cascade,
  ord              integer     not null,          -- in the order of the run
  case_id          uuid        not null,
  case_version     integer     not null,
  case_version_id  uuid        not null,
  case_name        text        not null,
  case_type        text        not null,
  language         text        not null,
  row_ord          integer     not null default 0, -- of the case's data; zero: it has none
  row_data         jsonb,
  status           text        not null default 'pending'
                   check (status in ('pending', 'queued', 'running', 'completed', 'failed', 'cancelled', 'timed_out')),
  outcome          text        check (outcome in ('passed', 'failed', 'error', 'skipped', 'flaky')),
  reason           text,                          -- of the outcome, in words
  quarantined      text,                          -- why a failure does not count; null: it does
  flaky_fails      boolean     not null default false, -- whether the run fails of a flaky outcome
  job_id           uuid,
  holder           uuid,                          -- the run of the runner that may write steps now
  attempts         smallint    not null default 0,
  estimated_steps  integer     not null default 0,
  trace            jsonb,                         -- all steps, where they were fewer than 50; null: they are in test_step
  result           jsonb,
  error_code       text,
  error            text,
  error_detail     text,
  validation_state text        not null default 'none' check (validation_state in ('none', 'pending', 'done', 'failed')),
  validation_id    uuid,                          -- the one that holds
  review_pending   boolean     not null default false,
  created_at       timestamptz not null default now(),
  queued_at        timestamptz,
  started_at       timestamptz,
  ended_at         timestamptz,
  unique (run_id, ord),
  constraint test_execution_ended check ((ended_at is null) = (status in ('pending', 'queued', 'running'))),
  constraint test_execution_outcome check (outcome is null or ended_at is not null)
);
create index test_execution_job on test_execution (job_id) where job_id is not null;
create index test_execution_history on test_execution (tenant_id, case_id, execution_id desc);
create index test_execution_listed on test_execution (tenant_id, execution_id desc);

create table test_transition (
  transition_no bigint      generated always as identity primary key,
  execution_id  uuid        not null references test_execution on delete cascade,
  move          text        not null,
  from_status   text        not null,
  to_status     text        not null,
  at            timestamptz not null default clock_timestamp(),
  who           text        not null,
  why           text
);
create index test_transition_of on test_transition (execution_id, transition_no);

-- Steps as they come. Short traces move into their execution's row when it ends.
create table test_step (
  execution_id uuid        not null references test_execution on delete cascade,
  attempt      smallint    not null,
  ord          integer     not null,
  name         text        not null,
  status       text        not null check (status in ('passed', 'failed', 'skipped', 'info')),
  message      text,
  started_at   timestamptz not null,
  took_ms      integer     not null,
  detail       jsonb,
  primary key (execution_id, attempt, ord)
);

create table test_attempt (
  execution_id uuid        not null references test_execution on delete cascade,
  attempt      smallint    not null,
  status       text        not null check (status in ('completed', 'failed', 'timed_out')),
  outcome      text        not null check (outcome in ('passed', 'failed', 'error', 'skipped')),
  error_code   text,
  error        text,
  error_detail text,
  started_at   timestamptz not null,
  took_ms      integer     not null,
  primary key (execution_id, attempt)
);

create table validation (
  validation_id   uuid          primary key,
  tenant_id       uuid          not null,
  execution_id    uuid          not null references test_execution on delete cascade,
  run_id          uuid          not null,
  confidence      numeric(5, 4) not null check (confidence between 0 and 1),
  mean            numeric(5, 4) not null,
  review_status   text          not null check (review_status in ('auto_pass', 'needs_review', 'auto_fail')),
  intent_match_score        numeric(5, 4),
  entity_match_score        numeric(5, 4),
  semantic_similarity_score numeric(5, 4),
  judge_score     numeric(5, 4),
  word_error_rate numeric,
  explanation     jsonb         not null,         -- parts, checks and gates with their reasons
  expected        jsonb         not null,
  outcome_key     text          not null,         -- equal for identical outcomes of the same case
  audit           boolean       not null default false, -- passed, and looked at all the same
  review_id       uuid,
  verdict         text          check (verdict in ('pass', 'fail', 'edge_case')),
  verdict_by      uuid,
  verdict_note    text,
  verdict_labels  jsonb,
  verdict_at      timestamptz,
  reused_from     uuid,                           -- the review whose verdict was taken over
  waited_s        numeric       not null,         -- from the execution's end
  created_at      timestamptz   not null default now()
);
create index validation_of on validation (execution_id, validation_id desc);
create index validation_run on validation (run_id);

-- What has changed a run's result: its end, and what came after.
create table run_revision (
  revision_id  uuid        primary key,
  run_id       uuid        not null references test_run on delete cascade,
  cause        text        not null check (cause in ('completed', 'cancelled', 'failed', 'validated', 'verdict', 'undone')),
  execution_id uuid,
  outcome_from text,
  outcome_to   text,
  who          text        not null,
  note         text,
  at           timestamptz not null default clock_timestamp()
);
create index run_revision_of on run_revision (run_id, revision_id);
-- A run ends once.
create unique index run_revision_end on run_revision (run_id) where cause in ('completed', 'cancelled', 'failed');

-- What executions left behind, by content.
create table test_content (
  tenant_id  uuid        not null,
  sha256     text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes      bytea       not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, sha256)
);
alter table test_content alter column bytes set storage external;

create table test_artifact (
  artifact_id  uuid        primary key,
  tenant_id    uuid        not null,
  execution_id uuid        not null references test_execution on delete cascade,
  attempt      smallint    not null,
  name         text        not null,
  media_type   text        not null,
  sha256       text        not null,
  size_bytes   integer     not null,
  created_at   timestamptz not null default now(),
  foreign key (tenant_id, sha256) references test_content
);
create index test_artifact_of on test_artifact (execution_id, attempt, artifact_id);
