-- Favorites and ratings that a statement changed, all of an account in one notification: 200 ids fit into the 8,000 bytes of a
-- payload, which is as many as a bulk change can name.
CREATE OR REPLACE FUNCTION announce_marks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('marks', json_build_object('accountId', part.account_id, 'ids', array_to_json(array_agg(part.id)))::text)
  FROM (
    SELECT a.account_id, a.id, (row_number() OVER (PARTITION BY a.account_id ORDER BY a.id) - 1) / 200 AS number
    FROM changed a JOIN previous p ON p.id = a.id WHERE (a.favorite, a.rating) IS DISTINCT FROM (p.favorite, p.rating)
  ) part
  GROUP BY part.account_id, part.number;
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION announce_marks FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatars_announce_marks AFTER UPDATE ON avatars REFERENCING OLD TABLE AS previous NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_marks();
