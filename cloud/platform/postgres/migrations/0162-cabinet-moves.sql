-- A claim for a cabinet that has a terminal already: why, by whom, and the doors that the new one will find.
alter table cabinet_claim add column layout jsonb;
alter table cabinet_claim add column reason text;
alter table cabinet_claim add column staff uuid;
-- What the new terminal was told that the lost one held: a reply that was lost is given again.
alter table cabinet_claim add column rebuild jsonb;
-- When people may come, in words.
alter table placement add column hours_text text;
alter table placement add column reason text;
alter table placement add column staff uuid;
