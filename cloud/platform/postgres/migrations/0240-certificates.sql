-- Certificates for couriers' phones with no network: what was issued, and which are taken back.
create table access_certificate (
  serial   text   not null primary key,
  person   uuid   not null,
  carrier  uuid   not null,
  until_at bigint not null,
  denied   boolean not null default false
);
create index access_certificate_by_person on access_certificate (person, carrier);
create index access_certificate_by_age on access_certificate (until_at);

-- The deny list as every cabinet is told it.
create table cabinet_denied (
  serial   text   not null primary key,
  until_at bigint not null
);
create index cabinet_denied_by_age on cabinet_denied (until_at);
