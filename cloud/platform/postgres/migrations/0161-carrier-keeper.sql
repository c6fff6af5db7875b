-- The operator that looks after a carrier's keys, endpoints and couriers here. Any other sees its name alone (law 11).
alter table carrier add column kept_by uuid;
update carrier set kept_by = (select min(operator_id::text)::uuid from operator)
  where (select count(*) from operator) = 1;
-- The last characters of a key, by which people tell keys apart.
alter table carrier_key add column hint text not null default '';
