-- Doors asked for by couriers on the way. The cabinet keeps the queue and the lease; this is what it told.
create table courier_hold (
  cabinet    uuid   not null,
  hold       uuid   not null,
  person     uuid   not null,
  carrier_id uuid   not null,
  size       text   not null,
  -- asked, waiting, held; and the ends: used, expired, given-back, waited-out, refused.
  state      text   not null,
  refusal    text,
  label      text,
  -- Of the door that is held: at least the size asked for.
  door_size  text,
  asked_at   bigint not null,
  -- On the cloud's clock, as near as the cabinet's running time can be told in it.
  until_at   bigint,
  primary key (cabinet, hold)
) with (fillfactor = 70);
create index courier_hold_by_person on courier_hold (person, asked_at);
create index courier_hold_live on courier_hold (cabinet) where state in ('asked', 'waiting', 'held');

-- What a courier takes along today, and to which cabinet.
create table courier_round (
  person     uuid   not null,
  parcel     uuid   not null,
  carrier_id uuid   not null,
  cabinet    uuid   not null,
  added_at   bigint not null,
  primary key (person, parcel)
);
create index courier_round_by_age on courier_round (added_at);
