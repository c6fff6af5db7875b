-- A right that was taken back: generations up to `revoked` open nothing; `disowned_at` says that who was written to does
-- not know the parcel; at `renew_at` the cabinet is asked (again) to draw a new code.
alter table parcel_deposit add column revoked integer;
alter table parcel_deposit add column disowned_at bigint;
alter table parcel_deposit add column renew_at bigint;
create index parcel_deposit_to_renew on parcel_deposit (renew_at) where renew_at is not null;

alter table cabinet_desired add column revocations jsonb not null default '[]';

-- Why a person of the operator's did it: corrections and re-sends, beside the line of the parcel's history.
create table parcel_staff_word (
  shard    smallint not null,
  parcel   uuid     not null,
  sequence integer  not null,
  staff    uuid     not null,
  words    text     not null,
  primary key (shard, parcel, sequence)
);
