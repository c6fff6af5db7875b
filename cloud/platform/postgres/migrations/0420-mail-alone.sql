-- An announcement may have an e-mail address alone, which has its term as a phone has (law 14).
drop index parcel_by_age;
create index parcel_by_age on parcel (ended_at) where (phone is not null or email is not null) and ended_at is not null;
