-- Hashed with the key twice (as HMAC does): without the key, neither guessing a subject nor extending one yields a digest.
CREATE OR REPLACE FUNCTION subject_digest(p_subject text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT encode(sha256(decode(k.key, 'hex') || sha256(decode(k.key, 'hex') || convert_to(p_subject, 'UTF8'))), 'hex') FROM subject_keys k
$$;

REVOKE ALL ON FUNCTION subject_digest FROM PUBLIC;
