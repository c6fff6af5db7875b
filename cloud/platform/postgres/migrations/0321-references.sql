-- The end of a deposit's id stands on its slip: support finds it by that.
create index parcel_stay_by_reference on parcel_stay (operator_id, right(deposit::text, 8));
