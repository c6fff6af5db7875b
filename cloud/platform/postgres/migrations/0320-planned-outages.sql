-- When people will not get to a cabinet, said ahead by its operator. Kept when it was called off: it is the cabinet's story.
create table planned_outage (
  outage       uuid   primary key,
  operator_id  uuid   not null,
  cabinet      uuid   not null,
  from_at      bigint not null,
  until_at     bigint not null,
  reason       text   not null,
  staff        uuid   not null,
  planned_at   bigint not null,
  cancelled_at bigint,
  cancelled_by uuid,
  check (until_at > from_at)
);
create index planned_outage_cabinet on planned_outage (cabinet, until_at);

-- Planned ones stand beside those that were seen: keep-time stands still in both, and they may begin at once.
alter table parcel_outage drop constraint parcel_outage_pkey;
alter table parcel_outage add column planned uuid unique;
create unique index parcel_outage_seen on parcel_outage (cabinet, from_at) where planned is null;
create index parcel_outage_cabinet on parcel_outage (cabinet, until_at);
