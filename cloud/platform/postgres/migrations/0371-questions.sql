-- The last question for consent, about asked_cabinet: when, which in the order of this parcel's, where the parcel was to go
-- before, and which cabinets the recipient was asked about and never answered. Ids as text.
alter table parcel add column question jsonb;
