-- Delivery companies, the keys they call with, and what they are told. `carrier_id` is the tenant (law 11).
create table carrier (
  carrier_id uuid   not null primary key,
  code       text   not null unique,
  name       text   not null,
  created_at bigint not null
);

-- SHA-256 of 192 random bits: nothing to stretch.
create table carrier_key (
  key_hash   text   not null primary key,
  key_id     uuid   not null,
  carrier_id uuid   not null,
  created_at bigint not null,
  revoked_at bigint
);
create index carrier_key_by_carrier on carrier_key (carrier_id);

-- What a carrier may pull, in one order for each carrier. Webhooks tell the same.
create table carrier_event (
  carrier_id  uuid     not null,
  -- Read in this order and only below the oldest running transaction: a late commit is never skipped.
  tx          xid8     not null default pg_current_xact_id(),
  place       bigint   not null generated always as identity,
  event       uuid     not null,
  parcel      uuid     not null,
  operator_id uuid,
  sequence    integer  not null,
  type        text     not null,
  at          bigint   not null,
  body        jsonb    not null,
  primary key (carrier_id, tx, place)
);
create unique index carrier_event_by_parcel on carrier_event (carrier_id, parcel, sequence);

create table carrier_endpoint (
  carrier_id     uuid   not null,
  endpoint       uuid   not null,
  url            text   not null,
  types          text[] not null,
  created_at     bigint not null,
  disabled_at    bigint,
  delivered_at   bigint,
  -- Not before this, whatever waits: Retry-After.
  rests_until    bigint not null default 0,
  primary key (carrier_id, endpoint)
);

-- One row for each event and endpoint. Those of one parcel go in the order of `sequence`.
create table carrier_delivery (
  endpoint    uuid     not null,
  parcel      uuid     not null,
  sequence    integer  not null,
  carrier_id  uuid     not null,
  operator_id uuid,
  delivery    uuid     not null,
  event       uuid     not null,
  type        text     not null,
  body        text     not null,
  state       text     not null,
  attempts    integer  not null default 0,
  created_at  bigint   not null,
  due_at      bigint   not null,
  -- A worker that died lets go of it then.
  claimed_until bigint not null default 0,
  settled_at  bigint,
  problem     text,
  primary key (endpoint, parcel, sequence)
) with (fillfactor = 70);
create index carrier_delivery_waiting on carrier_delivery (endpoint, due_at) where state = 'waiting';
create index carrier_delivery_by_parcel on carrier_delivery (parcel);
create index carrier_delivery_given_up on carrier_delivery (operator_id, created_at) where state <> 'delivered';
