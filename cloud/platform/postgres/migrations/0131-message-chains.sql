-- One message goes its ways one after the other: the next where the one before refused, came back or stayed silent.
-- `waiting`: its turn has not come; `skipped`: it never had to, or the parcel no longer waits for that person.
alter table message drop constraint message_channel_check;
alter table message add constraint message_channel_check check (channel in ('app', 'sms', 'voice', 'email', 'slip'));
alter table message drop constraint message_state_check;
alter table message add constraint message_state_check
  check (state in ('queued', 'waiting', 'skipped', 'sent', 'delivered', 'undeliverable', 'expired'));
-- Null where it goes one way only: sign-in codes, copies.
alter table message add column chain uuid;
alter table message add column step integer not null default 0;
-- Of the site, for quiet hours.
alter table message add column zone text;
-- Sent, and no receipt by then: the next way is tried.
alter table message add column receipt_by bigint;
create index message_chain on message (chain, step) where chain is not null;
create index message_silent on message (receipt_by) where receipt_by is not null;
