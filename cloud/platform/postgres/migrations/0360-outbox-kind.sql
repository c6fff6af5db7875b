-- What sort of news of its topic it is, so that who waits for one sort need not read the others. Null concerns everyone.
alter table outbox add column kind text;
