-- Parcels, known by carrier and number. Keyed by `shard`: ten bits of the digest over both, which the parcel's id
-- carries too, so that either way in needs no look-up. `carrier_id` is the tenant (law 11).
create table parcel (
  shard         smallint not null,
  parcel        uuid     not null,
  carrier_id    uuid     not null,
  digest        text     not null,
  -- Unknown only where a deposit's private part was lost.
  number        text,
  state         text     not null,
  announced     boolean  not null,
  size          text,
  retention     bigint,
  -- Where it lies, or lay last.
  cabinet       uuid,
  deposit       uuid,
  stored_at     bigint,
  operator_id   uuid,
  consent       text,
  consent_ref   uuid,
  complaint     text,
  -- Personal: erased some days after the end (law 14).
  phone         text,
  email         text,
  locale        text     not null,
  box           jsonb,
  named_cabinet uuid,
  asked_cabinet uuid,
  fresh_food    boolean  not null,
  valuables     boolean  not null,
  agreement     text,
  -- The card as the cabinet has it, and at which.
  card          jsonb,
  card_cabinet  uuid,
  announced_at  bigint,
  due_at        bigint,
  ended_at      bigint,
  changed_at    bigint   not null,
  sequence      integer  not null,
  primary key (shard, parcel)
) with (fillfactor = 70);
create unique index parcel_by_digest on parcel (shard, digest);
create index parcel_by_phone on parcel (phone) where phone is not null;
create index parcel_due on parcel (due_at) where due_at is not null;
create index parcel_by_age on parcel (ended_at) where phone is not null and ended_at is not null;
create index parcel_by_deposit on parcel (cabinet, deposit) where deposit is not null;

-- Everything that happened to a parcel, in its own order.
create table parcel_event (
  shard       smallint not null,
  parcel      uuid     not null,
  sequence    integer  not null,
  carrier_id  uuid     not null,
  operator_id uuid,
  type        text     not null,
  at          bigint   not null,
  cabinet     uuid,
  deposit     uuid,
  label       text,
  reason      text,
  primary key (shard, parcel, sequence)
);

-- R-01: who agreed to what, when, by which way, on which words.
create table parcel_consent (
  shard      smallint not null,
  parcel     uuid     not null,
  consent    uuid     not null,
  carrier_id uuid     not null,
  given      boolean  not null,
  by_whom    text     not null,
  channel    text     not null,
  -- null: any cabinet.
  cabinet    uuid,
  wording    text     not null,
  at         bigint   not null,
  primary key (shard, parcel, consent)
);

-- Deposits as the cloud answers for them: codes, recalls, whose they are. Keyed by cabinet.
create table parcel_deposit (
  cabinet      uuid    not null,
  deposit      uuid    not null,
  operator_id  uuid    not null,
  carrier_id   uuid    not null,
  person       uuid    not null,
  compartment  uuid    not null,
  label        text    not null,
  size         text    not null,
  epoch        bigint  not null,
  stage        text    not null,
  -- Sealed to the cloud's own key; null once the deposit is over (law 14).
  codes        text,
  generation   integer not null default 0,
  made_at      bigint,
  recall       text,
  recall_since bigint,
  primary key (cabinet, deposit)
) with (fillfactor = 70);
create index parcel_deposit_by_courier on parcel_deposit (person, made_at);
create index parcel_deposit_recalled on parcel_deposit (carrier_id, recall_since) where recall is not null;

-- Which parcels were ever in which operator's cabinets: what that operator may see.
create table parcel_stay (
  cabinet     uuid     not null,
  deposit     uuid     not null,
  parcel      uuid     not null,
  shard       smallint not null,
  operator_id uuid     not null,
  carrier_id  uuid     not null,
  number      text,
  primary key (cabinet, deposit, parcel)
);
create index parcel_stay_by_operator on parcel_stay (operator_id, parcel);
create index parcel_stay_by_number on parcel_stay (operator_id, number text_pattern_ops);
create index parcel_stay_by_parcel on parcel_stay (shard, parcel);

-- How far each journal has been heard.
create table parcel_mark (
  cabinet     uuid   not null,
  incarnation uuid   not null,
  seq         bigint not null,
  primary key (cabinet, incarnation)
) with (fillfactor = 70);
