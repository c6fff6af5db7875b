-- What a person of the staff saw inside a compartment (law 16). The digest stands in the cabinet's journal; the
-- picture itself goes after its term (law 14) and the journal still verifies.
create table cabinet_picture (
  cabinet     uuid   not null,
  digest      text   not null check (digest ~ '^[0-9a-f]{64}$'),
  operator_id uuid   not null,
  staff       uuid   not null,
  jpeg        bytea  not null,
  taken_at    bigint not null,
  primary key (cabinet, digest)
);
create index cabinet_picture_to_erase on cabinet_picture (taken_at);
