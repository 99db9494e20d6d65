package io.sluice.bench.subject;

/// The least SQL that could do the work. Statements and batch sizes never change: every ratio
/// refers to them.
final class FloorSql {
  static final String CREATE_JOBS =
      """
      create table jobs (
        id bigint generated always as identity primary key,
        kind text not null,
        payload jsonb not null,
        state smallint not null default 0,
        priority smallint not null default 0,
        run_at timestamptz not null default now(),
        attempt int not null default 0,
        locked_by text,
        locked_at timestamptz,
        finished_at timestamptz
      ) with (fillfactor = 70)
      """;
  static final String CREATE_JOBS_READY =
      "create index jobs_ready on jobs (priority, run_at, id) where state = 0";
  static final String CREATE_FUNCTIONS =
      """
      create table wf (
        id bigint primary key,
        kind text not null,
        input jsonb,
        state smallint not null default 0,
        step int not null default 0,
        output jsonb,
        updated_at timestamptz not null default now()
      ) with (fillfactor = 70)
      """;
  static final String CREATE_STEPS =
      """
      create table wf_step (
        wf_id bigint not null,
        step int not null,
        name text not null,
        output jsonb,
        finished_at timestamptz not null default now(),
        primary key (wf_id, step)
      )
      """;

  static final String INSERT_JOBS =
      """
      insert into jobs(kind, payload, priority)
      select 'noop', p::jsonb, 0 from unnest(?::text[]) p
      """;

  static final String INSERT_JOB_AND_NOTIFY =
      """
      with i as (insert into jobs(kind, payload) values ('noop', ?::jsonb) returning id)
      select pg_notify('jobs', '') from i
      """;

  /// `any(array(…))` and not a join: the statistics say that hardly any row is in state 1, and with
  /// a join the planner therefore picks a nested loop of the batch against itself, ten times
  /// slower.
  static final String CLAIM_JOBS =
      """
      update jobs
      set state = 1, attempt = attempt + 1, locked_by = ?, locked_at = now()
      where id = any(array(
        select id from jobs
        where state = 0 and run_at <= now()
        order by priority, run_at, id
        for update skip locked
        limit ?))
      returning id, payload::text
      """;

  static final String FINISH_JOBS_BY_UPDATE =
      """
      update jobs
      set state = 2, finished_at = now(), locked_by = null
      where id = any(array(select unnest(?::bigint[]))) and state = 1
      """;
  static final String FINISH_JOBS_BY_DELETE =
      "delete from jobs where id = any(array(select unnest(?::bigint[]))) and state = 1";

  static final String COUNT_UNFINISHED = "select count(*) from jobs where state < 2";

  static final String FILL_FINISHED =
      """
      insert into jobs(kind, payload, state, attempt, locked_at, finished_at)
      select 'noop', jsonb_build_object('i', i), 2, 1, now(), now() from generate_series(1, ?) i
      """;

  static final String START_FUNCTION = "insert into wf(id, kind, input) values (?, 'five', '{}')";
  static final String RECORD_STEP =
      """
      with s as (insert into wf_step(wf_id, step, name, output) values (?, ?, 's', '1'))
      update wf set step = ?, state = ?, updated_at = now() where id = ?
      """;

  static final String START_FUNCTIONS =
      "insert into wf(id, kind, input) select u, 'five', '{}' from unnest(?::bigint[]) u";
  static final String RECORD_STEPS =
      """
      with s as (
        insert into wf_step(wf_id, step, name, output)
        select u, ?, 's', '1' from unnest(?::bigint[]) u)
      update wf set step = ?, state = ?, updated_at = now() where id = any(?::bigint[])
      """;

  static final String CREATE_TESTS =
      """
      create table tests (
        id bigint generated always as identity primary key,
        row_number int not null,
        outcome text not null,
        ended_at timestamptz not null default now()
      )
      """;
  static final String INSERT_TEST = "insert into tests(row_number, outcome) values (?, 'passed')";

  static final String CREATE_REVIEWS =
      """
      create table reviews (
        id bigint generated always as identity primary key,
        priority smallint not null,
        claimed_at timestamptz,
        created_at timestamptz not null default now()
      )
      """;
  static final String CREATE_REVIEWS_NEXT =
      "create index reviews_next on reviews (priority, created_at, id) where claimed_at is null";
  static final String INSERT_REVIEWS =
      "insert into reviews(priority) select case when i % 3 = 0 then 2 else 5 end from generate_series(1, ?) i";
  static final String CLAIM_REVIEW =
      """
      update reviews set claimed_at = now()
      where id = (
        select id from reviews where claimed_at is null
        order by priority, created_at, id limit 1 for update skip locked)
        and claimed_at is null
      """;

  private FloorSql() {}
}
