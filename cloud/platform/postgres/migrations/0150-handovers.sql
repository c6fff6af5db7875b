-- A pickup handed to somebody else. The link's secret is kept as a hash only; no phone stands here (law 14). A row ends
-- when it is taken back, replaced, or long past; whether it still means a parcel is asked of the parcels each time.
create table handover (
  cabinet    uuid   not null,
  deposit    uuid   not null,
  owner      uuid   not null,
  token_hash bytea  not null,
  helper     uuid,
  made_at    bigint not null,
  primary key (cabinet, deposit)
);
create unique index handover_by_token on handover (token_hash);
create index handover_by_helper on handover (helper) where helper is not null;
create index handover_by_owner on handover (owner);
