-- The visibility table of Temporal has an index for each column that a search attribute may get one day, and each of the
-- three visibility records of an avatar changes all of them: most of what Temporal costs Postgres. Dropped are those of
-- columns without an attribute; queries work without them. Those of the studio are keywords, and Temporal chooses any of ten
-- columns. After an attribute of another type is registered, leave its type out below, and create the index of its column
-- as the schema of Temporal does. Safe to repeat. The parser of temporal-sql-tool reads comments, too: no apostrophes and
-- no keywords of PL/pgSQL in them.
DO LANGUAGE 'plpgsql' $$
DECLARE
  r RECORD;
BEGIN
  FOR r IN
    SELECT indexname FROM pg_indexes
      WHERE tablename = 'executions_visibility'
        AND (indexname ~ '^by_(temporal_)?(bool|datetime|double|int|text|keyword_list)_[0-9]+$'
          OR indexname ~ '^by_temporal_(keyword|low_cardinality_keyword)_[0-9]+$'
          OR indexname LIKE 'by_temporal_external_payload_%')
  LOOP
    EXECUTE format('DROP INDEX %I', r.indexname);
  END LOOP;
END $$;
