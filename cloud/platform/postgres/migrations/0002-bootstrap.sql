-- What the configuration's `bootstrap` has put in already, and the id that came of it.
create table bootstrap_step (
  step   text not null primary key,
  result text not null
);
