-- A link that lets somebody choose a password, once: the first of a house, an invited colleague, a forgotten password.
-- `token` is SHA-256 of 144 random bits: nothing to stretch. Without `staff` it is the first person's.
create table staff_link (
  token      bytea  not null primary key,
  purpose    text   not null check (purpose in ('first', 'invite', 'reset')),
  staff      uuid,
  created_at bigint not null,
  expires_at bigint not null,
  used_at    bigint
);
create index staff_link_by_staff on staff_link (staff);
-- An invited colleague has joined when a password was chosen.
alter table staff add column joined_at bigint;
update staff set joined_at = created_at;
