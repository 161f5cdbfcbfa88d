-- After every migration, so that a new table needs no grants of its own: the workers read, and nothing else.
revoke all on all tables in schema guard from public;
revoke all on all functions in schema guard from public;
revoke all on all tables in schema guard from "${workers}";
grant usage on schema guard to "${workers}";
grant select on all tables in schema guard to "${workers}";
