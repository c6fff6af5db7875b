-- What housekeeping drops after its term is found by age.
create index carrier_delivery_by_age on carrier_delivery (settled_at) where state = 'delivered';
create index carrier_event_by_age on carrier_event (at);
