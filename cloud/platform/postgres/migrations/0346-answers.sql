-- What was said about each cabinet, by recipient or sender: an answer to a question about one cabinet, yes or no, says
-- nothing about another.
alter table parcel add column answers jsonb not null default '{}';
update parcel set answers = jsonb_build_object(
  coalesce(consent_cabinet, named_cabinet), jsonb_build_object('kind', consent, 'ref', consent_ref))
where state in ('unheard', 'expected', 'stored', 'overdue', 'refused') and consent_ref is not null
  and (consent in ('parcel', 'declined') and consent_cabinet is not null
    or consent = 'sender-named-cabinet' and named_cabinet is not null);
