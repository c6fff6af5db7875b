-- Help that a person asked for by phone. Who it was is forgotten when the alert ends (law 14).
alter table alert add column person uuid;
alter table alert add column asker text;
-- One open alert for each cause; with people each is a case of his own.
drop index alert_open;
create unique index alert_open on alert
  (cabinet, kind, coalesce(compartment, person, '00000000-0000-0000-0000-000000000000'::uuid)) where ended_at is null;
