-- What stands before people: the surface they touch and what reads their labels. `screen_since`: from when on nobody
-- could show a right at the screen; null while it works, and where no screen was ever there.
alter table cabinet_health add column touch text not null default 'ok';
alter table cabinet_health add column scanner text not null default 'none';
alter table cabinet_health add column screen_since bigint;

-- What the staff of the operator sets at a cabinet, wherever it stands.
create table cabinet_setting (
  cabinet     uuid    not null primary key,
  operator_id uuid    not null,
  -- Somebody's word that the screen is dead, whatever the cabinet can tell.
  screen_out  boolean not null default false
);
