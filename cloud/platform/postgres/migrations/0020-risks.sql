-- What an operator must look at. Keyed by cabinet; ends when its cause ends, and stays to be read.
create table alert (
  cabinet         uuid   not null,
  alert           uuid   not null,
  operator_id     uuid   not null,
  kind            text   not null,
  compartment     uuid,
  label           text,
  size            text,
  raised_at       bigint not null,
  acknowledged_at bigint,
  acknowledged_by text,
  note            text,
  ended_at        bigint,
  primary key (cabinet, alert)
);
-- One open alert for each cause.
create unique index alert_open on alert
  (cabinet, kind, coalesce(compartment, '00000000-0000-0000-0000-000000000000'::uuid)) where ended_at is null;
create index alert_by_operator on alert (operator_id, raised_at desc);
