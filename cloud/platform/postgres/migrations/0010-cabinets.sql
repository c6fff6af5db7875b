-- Cabinets, their places and what their journals say. Keyed by cabinet; `operator_id` is the tenant (law 11).
create table site (
  operator_id uuid   not null,
  site        uuid   not null,
  name        text   not null,
  address     text   not null,
  zone        text   not null,
  primary key (operator_id, site)
);

create table cabinet (
  cabinet     uuid     not null primary key,
  operator_id uuid     not null,
  shard       smallint not null,
  name        text     not null,
  layout      jsonb    not null,
  -- Of the digests of recipients on this cabinet's cards.
  salt        text     not null,
  created_at  bigint   not null,
  -- From here on set by enrolment.
  incarnation uuid,
  public_key  text,
  -- SHA-256 of 128 random bits: nothing to stretch.
  mqtt_secret text,
  enrolled_at bigint
);
create index cabinet_by_operator on cabinet (operator_id, cabinet);

-- A cabinet is not its place: it moves, and what was true then stays true of then.
create table placement (
  cabinet         uuid    not null,
  from_at         bigint  not null,
  until_at        bigint,
  operator_id     uuid    not null,
  site            uuid    not null,
  address_alias   text,
  retention_hours integer not null,
  complaint_phone text    not null,
  primary key (cabinet, from_at),
  foreign key (operator_id, site) references site (operator_id, site)
);
create unique index placement_now on placement (cabinet) where until_at is null;

create table cabinet_claim (
  token_hash text   not null primary key,
  cabinet    uuid   not null,
  expires_at bigint not null,
  used_at    bigint
);

-- Where each journal stands; ingest moves it only from the place that it knew (law 8).
create table cabinet_journal (
  cabinet        uuid   not null,
  incarnation    uuid   not null,
  operator_id    uuid   not null,
  seq            bigint not null default 0,
  hash           text   not null,
  head_seq       bigint,
  head_signature text,
  courier        uuid,
  session        uuid,
  primary key (cabinet, incarnation)
) with (fillfactor = 70);
create index cabinet_journal_by_courier on cabinet_journal (courier) where courier is not null;

-- Entries exactly as the cabinet wrote them.
create table cabinet_fact (
  cabinet     uuid   not null,
  incarnation uuid   not null,
  seq         bigint not null,
  operator_id uuid   not null,
  received_at bigint not null,
  hash        text   not null,
  entry       text   not null,
  deposit     uuid,
  primary key (cabinet, incarnation, seq)
);
create index cabinet_fact_by_deposit on cabinet_fact (cabinet, deposit) where deposit is not null;

-- What concerns a person, sealed; deleted after its term (law 14).
create table cabinet_private (
  cabinet     uuid   not null,
  incarnation uuid   not null,
  seq         bigint not null,
  deposit     uuid   not null,
  received_at bigint not null,
  blob        text   not null,
  primary key (cabinet, incarnation, seq)
);
create index cabinet_private_by_age on cabinet_private (received_at);

-- The folded cabinet now and then, so that a new holder need not fold from the beginning.
create table cabinet_snapshot (
  cabinet     uuid   not null,
  incarnation uuid   not null,
  seq         bigint not null,
  state       jsonb  not null,
  primary key (cabinet, incarnation)
);

create table cabinet_compartment (
  cabinet     uuid   not null,
  compartment uuid   not null,
  operator_id uuid   not null,
  epoch       bigint not null,
  use         text   not null,
  suspicion   text,
  door        text   not null,
  deposit     uuid,
  since       bigint not null,
  primary key (cabinet, compartment)
) with (fillfactor = 70);

-- Deposits behind doors now; law 1 keeps two from one compartment.
create table cabinet_deposit (
  cabinet     uuid   not null,
  deposit     uuid   not null,
  operator_id uuid   not null,
  carrier_id  uuid   not null,
  person      uuid   not null,
  compartment uuid   not null,
  epoch       bigint not null,
  stage       text   not null,
  parcels     jsonb  not null,
  label       text   not null,
  size        text   not null,
  primary key (cabinet, deposit)
) with (fillfactor = 70);

create table cabinet_health (
  cabinet       uuid    not null primary key,
  operator_id   uuid    not null,
  online        boolean not null default false,
  heard_at      bigint,
  head          bigint  not null default 0,
  journal       text    not null default 'ok',
  kiosk         text    not null default 'absent',
  silent_lines  jsonb   not null default '[]',
  digest_agrees boolean not null default true,
  forked        boolean not null default false
) with (fillfactor = 70);
create index cabinet_health_due on cabinet_health (heard_at) where online;

create table cabinet_order (
  cabinet     uuid   not null,
  order_id    uuid   not null,
  operator_id uuid   not null,
  -- The question for a nonce has an id of its own.
  asked_as    uuid   not null,
  kind        text   not null,
  act         jsonb  not null,
  compartment uuid,
  staff       uuid   not null,
  staff_name  text   not null,
  reason      text   not null,
  state       text   not null,
  refusal     text,
  asked_at    bigint not null,
  answered_at bigint,
  primary key (cabinet, order_id)
);
create unique index cabinet_order_by_question on cabinet_order (cabinet, asked_as);
create index cabinet_order_openings on cabinet_order (operator_id, asked_at) where kind = 'open';
create index cabinet_order_by_id on cabinet_order (operator_id, order_id);
create index cabinet_order_waiting on cabinet_order (asked_at) where state in ('asked', 'sent', 'accepted');

-- What a cabinet is to know: versions grow by one for each message that it takes to say.
create table cabinet_desired (
  cabinet uuid    not null primary key,
  version integer not null default 1,
  recalls jsonb   not null default '[]'
);

create table cabinet_card (
  cabinet uuid  not null,
  parcel  text  not null,
  card    jsonb not null,
  primary key (cabinet, parcel)
);
