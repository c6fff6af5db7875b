-- Nobody takes this lane any more, and a cursor that stands still would keep all news from being forgotten.
delete from outbox_cursor where name = 'cabinets-desired';
