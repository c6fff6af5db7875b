-- Messages to people. `message` is drawn from the key and the channel, so that the same message twice is one row
-- (law 10). Address and words are locked, frozen when queued, and erased after their term (law 14).
create table message (
  message     uuid    not null primary key,
  channel     text    not null check (channel in ('sms', 'email')),
  template    text    not null,
  locale      text    not null,
  address     bytea,
  words       bytea,
  parcel      uuid,
  deposit     uuid,
  operator_id uuid,
  state       text    not null check (state in ('queued', 'sent', 'delivered', 'undeliverable', 'expired')),
  attempts    integer not null default 0,
  next_at     bigint  not null,
  until_at    bigint,
  last_error  text,
  created_at  bigint  not null,
  settled_at  bigint
) with (fillfactor = 70);
create index message_due on message (next_at) where state = 'queued';
create index message_by_deposit on message (deposit, created_at) where deposit is not null;
create index message_by_parcel on message (parcel, created_at) where parcel is not null;
create index message_undelivered on message (operator_id, settled_at) where state = 'undeliverable';
create index message_to_erase on message (settled_at) where address is not null;

-- News of a parcel that people are to be told of; composed outside the transaction that brought it, then deleted.
create table message_task (
  parcel   uuid    not null,
  sequence bigint  not null,
  news     jsonb   not null,
  attempts integer not null default 0,
  next_at  bigint  not null,
  primary key (parcel, sequence)
) with (fillfactor = 70);
create index message_task_due on message_task (next_at);

-- Gateways repeat callbacks: each reply counts once.
create table gateway_reply (
  reply text    not null primary key,
  at    bigint  not null,
  done  boolean not null default false
);
