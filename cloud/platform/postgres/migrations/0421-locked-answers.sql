-- What a keyed call was answered may be a secret that is shown once: it is locked, as all that is secret at rest. An answer
-- from before is forgotten with its key; whoever repeats that call meets its use case.
delete from idempotency where status is not null;
alter table idempotency drop column response, add column answer bytea;
