-- Test assets: items, cases and suites, their versions, and the recordings that cases name.
-- Released migrations are never edited: add the next one.

-- What lists and selectors look at stands in columns; what an asset says is its version's.
create table test_assets (
  asset_id       uuid        primary key,
  tenant_id      uuid        not null,
  kind           text        not null check (kind in ('item', 'case', 'suite')),
  name           text        not null check (name <> '' and length(name) <= 150),
  description    text,
  case_type      text        check (case_type in ('voice', 'http', 'browser', 'workflow', 'manual')),
  tags           text[]      not null default '{}',
  priority       smallint    check (priority between 1 and 10),
  languages      text[]      not null default '{}',
  uses           text[]      not null default '{}',  -- names: of items that a case or item uses, of cases that a suite names
  path           text,                               -- of the file that it came from, so that it goes back there
  latest_version integer     not null check (latest_version >= 1),
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  deleted_at     timestamptz,                        -- runs that pinned it go on; its name is free again
  constraint test_assets_case check ((kind = 'case') = (case_type is not null and priority is not null))
);
create unique index test_assets_name on test_assets (tenant_id, kind, name) where deleted_at is null;
create index test_assets_newest on test_assets (tenant_id, kind, asset_id desc);
create index test_assets_tags on test_assets using gin (tags) where deleted_at is null;
create index test_assets_uses on test_assets using gin (uses) where deleted_at is null;

-- A version never changes. The definition is of type json, not jsonb: the order of its members is kept.
create table test_asset_versions (
  version_id uuid        primary key,
  tenant_id  uuid        not null,
  asset_id   uuid        not null references test_assets on delete cascade,
  version    integer     not null check (version >= 1),
  format     text        not null check (format in ('json', 'yaml')),
  source     text        not null,                   -- as it was given
  definition json        not null,
  sha256     text        not null check (sha256 ~ '^[0-9a-f]{64}$'), -- of the canonical definition
  created_at timestamptz not null default now(),
  created_by text        not null,
  unique (asset_id, version)
);

-- WAV files by the hash of their bytes: the same file is there once, whatever it is called.
create table test_recordings (
  tenant_id  uuid        not null,
  sha256     text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
  content    bytea       not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, sha256)
);
