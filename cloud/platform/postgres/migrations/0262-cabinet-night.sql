-- Hours of quiet at a cabinet, light and voice, in its local time. Null: always as by day.
alter table cabinet_setting add column night jsonb;
