-- Workflows: definitions, their versions and aliases, transformation rules, templates.
-- Released migrations are never edited: add the next one.

create table workflows (
  workflow_id    uuid        primary key,
  tenant_id      uuid        not null,
  name           text        not null check (name ~ '^[a-z][a-z0-9._-]{0,99}$'),
  description    text,
  labels         jsonb       not null default '{}',
  latest_version integer     not null check (latest_version >= 1),
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  deleted_at     timestamptz                  -- its executions go on; its name is free again
);
create unique index workflows_name on workflows (tenant_id, name) where deleted_at is null;
create index workflows_newest on workflows (tenant_id, workflow_id desc) where deleted_at is null;
create index workflows_labels on workflows using gin (labels) where deleted_at is null;

-- A version never changes. The definition is of type json, not jsonb: the order of its members is kept.
create table workflow_versions (
  version_id  uuid        primary key,
  tenant_id   uuid        not null,
  workflow_id uuid        not null references workflows on delete cascade,
  version     integer     not null check (version >= 1),
  format      text        not null check (format in ('json', 'yaml')),
  source      text        not null,           -- as it was given
  definition  json        not null,
  sha256      text        not null check (sha256 ~ '^[0-9a-f]{64}$'), -- of the canonical definition
  steps       integer     not null check (steps >= 1),
  created_at  timestamptz not null default now(),
  created_by  text        not null,
  unique (workflow_id, version)
);

create table workflow_aliases (
  tenant_id      uuid        not null,
  workflow_id    uuid        not null references workflows on delete cascade,
  name           text        not null check (name ~ '^[a-z][a-z0-9._-]{0,99}$' and name <> 'latest'),
  version        integer     not null,
  canary_version integer,
  canary_percent integer,
  updated_at     timestamptz not null default now(),
  updated_by     text        not null,
  primary key (workflow_id, name),
  foreign key (workflow_id, version) references workflow_versions (workflow_id, version),
  foreign key (workflow_id, canary_version) references workflow_versions (workflow_id, version),
  constraint workflow_aliases_canary check (
    (canary_version is null) = (canary_percent is null)
    and canary_percent between 1 and 99
    and canary_version <> version)
);

create table transformation_rules (
  rule_id        uuid        primary key,
  tenant_id      uuid        not null,
  name           text        not null check (name ~ '^[a-z][a-z0-9._-]{0,99}$'),
  description    text,
  latest_version integer     not null check (latest_version >= 1),
  revision       integer     not null default 1, -- rises with every change, of the description too
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  deleted_at     timestamptz
);
create unique index transformation_rules_name on transformation_rules (tenant_id, name) where deleted_at is null;
create index transformation_rules_newest on transformation_rules (tenant_id, rule_id desc) where deleted_at is null;

create table transformation_rule_versions (
  tenant_id     uuid        not null,
  rule_id       uuid        not null references transformation_rules on delete cascade,
  version       integer     not null check (version >= 1),
  expression    text        not null,
  input_schema  json,
  output_schema json,
  created_at    timestamptz not null default now(),
  created_by    text        not null,
  primary key (rule_id, version)
);

create table workflow_templates (
  template_id uuid        primary key,
  tenant_id   uuid        not null,
  name        text        not null check (name ~ '^[a-z][a-z0-9._-]{0,99}$'),
  description text,
  parameters  json        not null,
  body        json        not null,
  revision    integer     not null default 1,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  unique (tenant_id, name)
);
create index workflow_templates_newest on workflow_templates (tenant_id, template_id desc);
