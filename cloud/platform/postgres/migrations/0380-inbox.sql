-- Messages kept in the app: whose. Read there is their receipt.
alter table message add column person uuid;
create index message_inbox on message (person, created_at) where person is not null and words is not null;
