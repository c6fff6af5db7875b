-- A courier's one tap, beside what a person of the operator's writes: each line is one of theirs.
alter table parcel_staff_word alter column staff drop not null;
alter table parcel_staff_word add column courier uuid;
