-- Since when nobody waits for this consumer any more: a person said so. It goes on by coming back.
alter table outbox_cursor add column retired_at bigint;
