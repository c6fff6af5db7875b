-- When a cabinet could not be reached: keep-time stands still meanwhile. Open while until_at is null.
create table parcel_outage (
  cabinet  uuid   not null,
  from_at  bigint not null,
  until_at bigint,
  primary key (cabinet, from_at)
);
create unique index parcel_outage_now on parcel_outage (cabinet) where until_at is null;
