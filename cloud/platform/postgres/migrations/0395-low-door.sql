-- R-41: an announcement may ask for a door within reach, for this parcel alone.
alter table parcel add column low_door boolean not null default false;
