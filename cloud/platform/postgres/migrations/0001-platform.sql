-- What one capability tells the others, written in the transaction that made it true.
-- Read in the order (tx, seq), and only below the oldest running transaction: a late commit is never skipped.
create table outbox (
  tx      xid8   not null default pg_current_xact_id(),
  seq     bigint not null generated always as identity,
  topic   text   not null,
  key     text   not null,
  payload jsonb  not null,
  at      bigint not null default (extract(epoch from clock_timestamp()) * 1000)::bigint,
  primary key (tx, seq)
);

-- How far each consumer has come. A failing one stands still and says why; it never skips.
create table outbox_cursor (
  name     text     not null,
  part     smallint not null,
  tx       xid8     not null,
  seq      bigint   not null,
  failures integer  not null default 0,
  failure  text,
  retry_at bigint   not null default 0,
  primary key (name, part)
);

-- The last place that was pruned: a reader before it must start anew.
create table outbox_floor (
  one boolean primary key default true check (one),
  tx  xid8   not null,
  seq bigint not null
);
insert into outbox_floor (tx, seq) values ('0', 0);

-- Answers to calls that carried an Idempotency-Key. Without a status the first call is still running.
create table idempotency (
  tenant      text   not null,
  key         text   not null,
  request     bytea  not null,
  status      integer,
  response    text,
  headers     jsonb,
  claimed_at  bigint not null,
  primary key (tenant, key)
);
create index idempotency_by_age on idempotency (claimed_at);

-- Who works on which shard. The epoch grows with every new holder and fences the old one.
create table lease (
  scope  text    not null,
  shard  integer not null,
  holder text    not null,
  epoch  bigint  not null,
  until  bigint  not null,
  primary key (scope, shard)
);
