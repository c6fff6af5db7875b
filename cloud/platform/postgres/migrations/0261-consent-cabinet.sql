-- Which cabinet a recipient agreed to; null where the question named none, and the answer counts wherever he is asked.
-- What stands here from before is not widened: it was given for the cabinet that asked.
alter table parcel add column consent_cabinet uuid;
update parcel set consent_cabinet = coalesce(asked_cabinet, named_cabinet) where consent = 'parcel';
