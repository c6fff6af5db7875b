-- Facts that a courier's phone brought before the journal reached so far: they wait beside it and are never part of
-- it (law 8). Once the journal has passed them they are compared with it and go.
create table cabinet_carried (
  cabinet     uuid   not null,
  incarnation uuid   not null,
  deposit     uuid   not null,
  -- Of the last entry.
  seq         bigint not null,
  operator_id uuid   not null,
  -- Whose phone it was.
  person      uuid   not null,
  received_at bigint not null,
  -- [{seq, entry}]: exactly as the cabinet wrote them.
  entries     jsonb  not null,
  primary key (cabinet, incarnation, deposit, seq)
);
create index cabinet_carried_by_age on cabinet_carried (received_at);
