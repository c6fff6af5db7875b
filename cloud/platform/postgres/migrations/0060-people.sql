-- People, whom they work for, and how they sign in. A person is found by a keyed hash of the phone; the phone itself is
-- locked beside it, so that a copy of the table names nobody (law 14).
create table operator (
  operator_id uuid   not null primary key,
  name        text   not null,
  created_at  bigint not null
);

create table person (
  person          uuid    not null primary key,
  phone_key       bytea   not null,
  phone_locked    bytea   not null,
  name            text,
  locale          text    not null,
  low_door        boolean not null default false,
  always_consents boolean not null default false,
  created_at      bigint  not null
);
create unique index person_by_phone on person (phone_key);

-- Whom a courier works for, and when. Rows end; they are never changed into something else.
create table employment (
  person     uuid   not null,
  carrier_id uuid   not null,
  from_at    bigint not null,
  until_at   bigint,
  outlet     text,
  primary key (person, carrier_id, from_at)
);
create unique index employment_now on employment (person, carrier_id) where until_at is null;

-- One code for each phone and purpose; a newer one replaces it, the day's count stays.
create table sign_in_code (
  phone_key  bytea   not null,
  purpose    text    not null,
  code_hash  bytea,
  locale     text,
  tries      integer not null default 0,
  expires_at bigint  not null,
  sent_at    bigint  not null,
  day_from   bigint  not null,
  day_count  integer not null,
  primary key (phone_key, purpose)
);

create table staff (
  staff       uuid    not null primary key,
  operator_id uuid    not null references operator (operator_id),
  email       text    not null,
  name        text    not null,
  role        text    not null check (role in ('viewer', 'dispatcher', 'technician', 'manager')),
  salt        bytea   not null,
  cost        integer not null,
  password    bytea   not null,
  created_at  bigint  not null,
  left_at     bigint
);
create unique index staff_by_email on staff (lower(email));

-- `token` is SHA-256 of 128 random bits: nothing to stretch.
create table session (
  token      bytea  not null primary key,
  session    uuid   not null,
  audience   text   not null check (audience in ('courier', 'recipient', 'operator')),
  subject    uuid   not null,
  created_at bigint not null,
  seen_at    bigint not null,
  ended_at   bigint
);
create index session_by_subject on session (subject, audience) where ended_at is null;

-- How often somebody did something in the window that began at `from_at`.
create table throttle (
  what    text    not null,
  who     bytea   not null,
  from_at bigint  not null,
  until_at bigint not null,
  hits    integer not null,
  primary key (what, who)
) with (fillfactor = 70);
