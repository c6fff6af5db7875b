-- A courier's picture of a compartment that he looks into at the kiosk (law 16): the word is his, so is the name.
alter table cabinet_picture alter column staff drop not null;
alter table cabinet_picture add column person uuid;
alter table cabinet_picture add constraint cabinet_picture_by_one check (num_nonnulls(staff, person) = 1);
