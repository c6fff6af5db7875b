-- The first person who answers a kiosk's screen has it: nobody else is given a grant over its nonce.
create table access_screen (
  cabinet uuid   not null,
  nonce   text   not null,
  person  uuid   not null,
  at      bigint not null,
  primary key (cabinet, nonce)
);
create index access_screen_by_age on access_screen (at);
