-- Documents, in the schema sluice that Flyway has made. Released migrations are never edited: add the next one.
-- Every table carries tenant_id and is made for FORCE ROW LEVEL SECURITY under a role that owns nothing.

-- Which database this is: an index that follows another one is not used.
create table installation (
  only_one boolean primary key default true check (only_one),
  id       uuid not null default gen_random_uuid()
);
insert into installation default values;

-- Uploaded bytes, once a tenant and content. In pieces of a megabyte, so that no row is huge; in the database, so that
-- every node has them and a backup of it is a backup of all.
create table content (
  tenant_id  uuid        not null,
  sha256     text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint      not null check (size_bytes >= 0),
  created_at timestamptz not null default now(),
  primary key (tenant_id, sha256)
);
create table content_piece (
  tenant_id uuid    not null,
  sha256    text    not null,
  ord       integer not null check (ord >= 0),
  bytes     bytea   not null,
  primary key (tenant_id, sha256, ord),
  foreign key (tenant_id, sha256) references content on delete cascade
);
alter table content_piece alter column bytes set storage external;

create table documents (
  document_id uuid        primary key,
  tenant_id   uuid        not null,
  name        text        not null check (name <> ''),
  sha256      text        not null,
  size_bytes  bigint      not null,
  job_id      uuid        not null,          -- the engine's; it may be dropped before the document
  media_type  text,
  title       text,
  language    text,
  pages       integer,
  characters  integer,
  chunks      integer,
  warnings    jsonb       not null default '[]',
  created_at  timestamptz not null default now(),
  ready_at    timestamptz,                   -- when its chunks were committed
  unique (tenant_id, sha256),
  foreign key (tenant_id, sha256) references content
);
create index documents_newest on documents (tenant_id, document_id desc);

-- Canonical text by content: the same bytes are parsed once a parser version.
create table parsed_text (
  tenant_id   uuid        not null,
  sha256      text        not null,          -- of the bytes it was parsed from
  parser      text        not null,          -- name and version
  body        text        not null,
  pages       jsonb       not null,          -- [[page, start, end], ...]
  title       text,
  language    text,
  media_type  text        not null,
  warnings    jsonb       not null,
  created_at  timestamptz not null default now(),
  primary key (tenant_id, sha256, parser),
  foreign key (tenant_id, sha256) references content on delete cascade
);

-- Chunks that wait for their vectors.
create table chunk_draft (
  tenant_id       uuid    not null,
  document_id     uuid    not null references documents on delete cascade,
  chunk_ord       integer not null,
  chunk_id        uuid    not null,
  chunker_name    text    not null,
  chunker_version text    not null,
  body            text    not null,
  context         text    not null,
  chunk_sha       text    not null,
  char_start      integer not null,
  char_end        integer not null,
  first_page      integer,
  last_page       integer,
  headings        jsonb   not null,
  primary key (document_id, chunk_ord)
);

-- Vectors by what was embedded: the same text is embedded once a model version.
create table chunk_vector (
  tenant_id  uuid        not null,
  chunk_sha  text        not null,
  model      text        not null,
  version    text        not null,
  vector     real[]      not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, chunk_sha, model, version)
);
alter table chunk_vector alter column vector set storage external;

create table document_chunks (
  chunk_id        uuid        primary key,
  tenant_id       uuid        not null,
  document_id     uuid        not null references documents on delete cascade,
  chunker_name    text        not null,
  chunker_version text        not null,
  chunk_ord       integer     not null,
  text            text        not null,
  context         text        not null,
  chunk_sha       text        not null,
  char_start      integer     not null,
  char_end        integer     not null,
  first_page      integer,
  last_page       integer,
  headings        jsonb       not null,
  embed_model     text        not null,
  embed_version   text        not null,
  vector_dim      integer     not null,
  embedding       real[]      not null,
  created_at      timestamptz not null default now(),
  unique (document_id, chunker_name, chunker_version, chunk_ord, embed_model, embed_version),
  constraint document_chunks_place check (char_start >= 0 and char_end > char_start),
  -- The dimension belongs to the model: 384 for the built-in one, 1536 for the mock and for OpenAI.
  constraint document_chunks_dimension check (vector_dim = cardinality(embedding))
);
alter table document_chunks alter column embedding set storage external;
create index document_chunks_text on document_chunks (tenant_id, chunk_sha);
create index chunk_draft_text on chunk_draft (tenant_id, chunk_sha);

-- Answers to requests that carried an Idempotency-Key.
create table idempotency (
  tenant_id   uuid        not null,
  key         text        not null check (length(key) between 1 and 255),
  route       text        not null,
  fingerprint text        not null,          -- SHA-256 of what was asked
  status      integer     not null,
  body        jsonb       not null,
  created_at  timestamptz not null default now(),
  primary key (tenant_id, key, route)
);
create index idempotency_age on idempotency (created_at);

-- The names and columns that the documents pipeline had before, read-only. Five states: a job that waits shows as
-- working, a cancelled one as deadletter.
create schema if not exists upload_pipeline;

create view upload_pipeline.documents as
  select document_id, tenant_id, name as filename, media_type as mime, size_bytes as bytes_len, sha256 as file_sha256,
    created_at, coalesce(ready_at, created_at) as updated_at
  from sluice.documents;

create view upload_pipeline.upload_jobs as
  select j.id as job_id, d.document_id, coalesce(j.stage, 'queued') as stage,
    case j.state when 'waiting' then 'working' when 'cancelled' then 'deadletter' else j.state::text end as state,
    j.attempt::integer as retry_count,
    case when j.last_error is not null then jsonb_build_object(
      'error_type', j.last_error ->> 'errorType', 'message', j.last_error ->> 'message',
      'timestamp', j.last_error ->> 'timestamp', 'retry_count', j.attempt) end as last_error,
    j.worker_id::text as claimed_by, j.input as payload, j.created_at,
    greatest(j.created_at, j.started_at, j.finished_at) as updated_at, j.started_at, j.finished_at
  from sluice_engine.job j join sluice.documents d on d.document_id = (j.input ->> 'document')::uuid
  where j.kind = 'document.ingest';

create view upload_pipeline.document_chunks as
  select chunk_id, document_id, chunker_name, chunker_version, chunk_ord, text, chunk_sha, embed_model, embed_version,
    vector_dim, embedding, created_at
  from sluice.document_chunks;

-- Chunks and vectors go to document_chunks directly; the buffer of the earlier design stays empty.
create view upload_pipeline.document_vector_buffer as
  select null::uuid as buffer_id, null::uuid as document_id, null::uuid as chunk_id, null::text as embed_model,
    null::text as embed_version, null::integer as vector_dim, null::real[] as embedding, null::timestamptz as created_at
  where false;

create view upload_pipeline.events as
  select e.id as event_id, e.job_id, u.document_id, e.type, e.severity, e.code, e.payload, e.created_at as ts
  from sluice_engine.event e join upload_pipeline.upload_jobs u on u.job_id = e.job_id;
