-- One row for each site of an operator: cabinets that stand together share it.
update placement p set site = one.site
from site s
join (select operator_id, name, address, zone, min(site::text)::uuid as site from site group by 1, 2, 3, 4) one
  using (operator_id, name, address, zone)
where p.operator_id = s.operator_id and p.site = s.site and p.site <> one.site;
delete from site s where not exists (
  select from placement p where p.operator_id = s.operator_id and p.site = s.site);
create unique index site_of_name on site (operator_id, name, address, zone);

-- How people find a cabinet on the last metres, and where it stands on a map; both as far as somebody wrote them.
alter table placement
  add column directions text,
  add column latitude double precision,
  add column longitude double precision;
