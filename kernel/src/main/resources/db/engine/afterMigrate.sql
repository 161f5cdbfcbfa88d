-- After every migration, so that a new table needs no grants of its own: the workers read, and nothing else.
revoke all on all tables in schema engine from public;
revoke all on all tables in schema engine from "${workers}";
grant usage on schema engine to "${workers}";
grant select on all tables in schema engine to "${workers}";
