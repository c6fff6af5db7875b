-- What a person of the operator's took off the undelivered list, and why. One that fails again later stands there anew.
create table undelivered_cleared (
  operator_id uuid   not null,
  id          text   not null,
  staff       uuid   not null,
  reason      text   not null,
  at          bigint not null,
  primary key (operator_id, id)
);
