-- Cabinets in which something was put in, to be looked at for whether they are nearly full: as long as they are.
create table parcel_crowd (
  cabinet uuid    primary key,
  look_at bigint  not null,
  -- Grows with every deposit: what came while it was looked at is looked at too.
  heard   integer not null
) with (fillfactor = 70);
create index parcel_crowd_due on parcel_crowd (look_at);
insert into parcel_crowd select distinct cabinet, 0, 0 from parcel_deposit where stage = 'stored';

-- Who was asked to come during the last day; forgotten after it (law 14).
create table parcel_asked (
  phone    text   primary key,
  asked_at bigint not null
);
create index parcel_asked_by_age on parcel_asked (asked_at);
