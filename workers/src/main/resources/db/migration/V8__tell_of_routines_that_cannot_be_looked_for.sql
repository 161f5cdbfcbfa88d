alter table routine add column trouble text;
comment on column routine.trouble is 'Why the last look could not see whether the routine is due; null when it could.';
