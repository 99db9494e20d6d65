-- Review: what a machine could not decide, decided by people.

create table reviewer (
  reviewer_id uuid        primary key,
  tenant_id   uuid        not null,
  name        text        not null check (name <> ''),
  native      text[]      not null default '{}',  -- primary languages, e.g. es
  fluent      text[]      not null default '{}',
  skills      text[]      not null default '{}',
  active      boolean     not null default true,
  created_at  timestamptz not null default now(),
  version     integer     not null default 1,
  unique (tenant_id, name)
);

-- Something to decide. Claimed by one reviewer at a time, until claim_until; the claim number makes a late decision
-- of somebody whose claim has run out recognisable.
create table review_item (
  review_id    uuid          primary key,
  tenant_id    uuid          not null,
  source       text          not null,           -- who asks, e.g. validation, workflow
  subject_id   uuid          not null,           -- what it is about, in the words of the source
  group_name   text,                             -- what it belongs to, for filters and statistics, e.g. a suite
  title        text          not null,
  language     text          not null,           -- BCP 47
  native_only  boolean       not null default false,
  skills       text[]        not null default '{}',
  priority     smallint      not null check (priority between 1 and 10),
  confidence   numeric(5, 2) check (confidence between 0 and 100),
  payload      jsonb         not null,           -- what a reviewer has to see
  outcome_key  text,                             -- equal for identical outcomes: a verdict on one holds for all
  status       text          not null default 'pending' check (status in ('pending', 'claimed', 'completed', 'withdrawn')),
  claimed_by   uuid,
  claimed_at   timestamptz,
  claim_until  timestamptz,
  claim_number integer       not null default 0,
  opinions_wanted smallint   not null default 1 check (opinions_wanted between 1 and 5),
  opinions     smallint      not null default 0,
  verdict      text          check (verdict in ('pass', 'fail', 'edge_case')),
  reused_from  uuid,                             -- the review whose verdict was taken over
  control      text          check (control in ('pass', 'fail', 'edge_case')), -- a hidden control with this known answer
  created_at   timestamptz   not null default now(),
  completed_at timestamptz,
  constraint review_claim check ((status = 'claimed') = (claimed_by is not null and claim_until is not null)),
  constraint review_completed check ((status = 'completed') = (verdict is not null and completed_at is not null))
);
-- In the order of claims, so that the next one is found without a sort.
create index review_next on review_item (tenant_id, priority, created_at, review_id) where status = 'pending';
create index review_expiry on review_item (claim_until) where status = 'claimed';
create index review_subject on review_item (subject_id);
create index review_listed on review_item (tenant_id, review_id desc);
create index review_reused on review_item (reused_from) where reused_from is not null;
create index review_outcome on review_item (tenant_id, outcome_key) where outcome_key is not null and status in ('pending', 'claimed');

create table review_decision (
  decision_id uuid        primary key,
  tenant_id   uuid        not null,
  review_id   uuid        not null references review_item on delete cascade,
  reviewer_id uuid        not null references reviewer,
  verdict     text        not null check (verdict in ('pass', 'fail', 'edge_case')),
  note        text,
  labels      jsonb,                             -- corrected ones
  took_s      numeric     not null,
  decided_at  timestamptz not null default now(),
  undone_at   timestamptz
);
-- Nobody has two opinions of one thing.
create unique index review_opinion on review_decision (review_id, reviewer_id) where undone_at is null;
create index review_decided on review_decision (tenant_id, reviewer_id, decided_at);

-- Verdicts that hold for identical outcomes until they are revoked.
create table review_precedent (
  tenant_id   uuid        not null,
  outcome_key text        not null,
  verdict     text        not null check (verdict in ('pass', 'fail', 'edge_case')),
  review_id   uuid        not null,
  decided_by  uuid        not null,
  decided_at  timestamptz not null default now(),
  used        integer     not null default 0,
  revoked_at  timestamptz,
  revoked_by  text,
  primary key (tenant_id, outcome_key)
);

-- When a second opinion is asked for.
create table review_rule (
  tenant_id  uuid     not null,
  group_name text     not null default '',       -- '' for all
  band       text     not null default '' check (band in ('', 'needs_review', 'auto_fail')),
  share      numeric  not null check (share between 0 and 1), -- of the items that get them
  opinions   smallint not null check (opinions between 2 and 5),
  primary key (tenant_id, group_name, band)
);
