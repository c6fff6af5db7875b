-- Deliveries whose last attempt found nobody: one of them knocks now and then, and the others follow once it is brought.
alter table carrier_delivery add column unreached boolean not null default false;
-- When the next of them knocks; 0: all of them may go.
alter table carrier_endpoint add column knock_at bigint not null default 0;
create index carrier_delivery_unreached on carrier_delivery (endpoint, due_at) where state = 'waiting' and unreached;
