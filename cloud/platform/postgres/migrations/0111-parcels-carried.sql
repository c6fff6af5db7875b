-- Up to which entry of its journal a courier's phone has told this deposit already: the journal's own telling of the
-- same entries is then heard without doing anything twice.
alter table parcel_deposit add column carried bigint;
