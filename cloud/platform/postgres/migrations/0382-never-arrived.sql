-- Expected parcels that nothing is heard of, longest first.
create index parcel_unseen on parcel (changed_at) where state = 'expected';
