-- Whose phones always consent, as each cabinet is told them: digests under its own salt, nothing else.
create table cabinet_standing (
  cabinet uuid not null,
  digest  text not null,
  primary key (cabinet, digest)
);

-- Who had a parcel where, of those who always consent; forgotten half a year after the last one (law 14).
create table parcel_standing (
  cabinet uuid   not null,
  person  uuid   not null,
  -- null until a round has hashed it: slow by intent.
  digest  text,
  seen_at bigint not null,
  primary key (cabinet, person)
) with (fillfactor = 70);
create index parcel_standing_by_person on parcel_standing (person);
create index parcel_standing_by_age on parcel_standing (seen_at);
create index parcel_standing_unhashed on parcel_standing (seen_at) where digest is null;
