-- A dead screen keeps people from their parcels as well as a cabinet that nobody reaches: either may begin in the other.
alter table parcel_outage add column cause text not null default 'away';
drop index parcel_outage_now;
create unique index parcel_outage_now on parcel_outage (cabinet, cause) where until_at is null;
drop index parcel_outage_seen;
create unique index parcel_outage_seen on parcel_outage (cabinet, cause, from_at) where planned is null;
