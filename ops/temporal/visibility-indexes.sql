-- The visibility table of Temporal has an index for each column that it may fill one day, and each of the three visibility
-- records of an avatar is written to all of them: most of what Temporal costs Postgres. Queries work without those dropped
-- here: of columns without a search attribute, and of two that only repeat others (an execution begins when it starts, and
-- its root is found by the id of its workflow). Of columns that are mostly empty, an index then has the rows with a value
-- only: no query asks for more. Those of the studio are keywords, and Temporal chooses any of ten columns. After an
-- attribute of another type is registered, leave its type out below, and create the index of its column as the schema of
-- Temporal does. Safe to repeat; writing waits while an index is built. The parser of temporal-sql-tool reads comments, too:
-- no apostrophes and no keywords of PL/pgSQL in them.
DO LANGUAGE 'plpgsql' $$
DECLARE
  r RECORD;
BEGIN
  FOR r IN
    SELECT indexname FROM pg_indexes
      WHERE tablename = 'executions_visibility'
        AND (indexname ~ '^by_(temporal_)?(bool|datetime|double|int|text|keyword_list)_[0-9]+$'
          OR indexname ~ '^by_temporal_(keyword|low_cardinality_keyword)_[0-9]+$'
          OR indexname LIKE 'by_temporal_external_payload_%'
          OR indexname IN ('by_execution_time', 'by_root_run_id'))
  LOOP
    EXECUTE format('DROP INDEX %I', r.indexname);
  END LOOP;
  FOR r IN
    SELECT c.relname, a.attname, pg_get_indexdef(i.indexrelid) AS definition
      FROM pg_index i
      JOIN pg_class c ON c.oid = i.indexrelid
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[1] AND NOT a.attnotnull
      WHERE i.indrelid = 'executions_visibility'::regclass AND i.indpred IS NULL
  LOOP
    EXECUTE format('DROP INDEX %I', r.relname);
    EXECUTE format('%s WHERE %I IS NOT NULL', r.definition, r.attname);
  END LOOP;
END $$;
