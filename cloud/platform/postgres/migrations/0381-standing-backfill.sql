-- Who always consented before cabinets were told of it: looked up page by page, once. The row goes with the last page.
create table parcel_standing_backfill (
  one   boolean primary key default true check (one),
  -- How far it has come.
  after uuid
);
insert into parcel_standing_backfill default values;
