-- Two spellings of one reference are one payment: case, spacing, invisible characters and Unicode form don't matter. A digest,
-- because compatibility forms can exceed the size of an index entry.
CREATE OR REPLACE FUNCTION payment_key(p_reference text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT encode(sha256(convert_to(casefold(btrim(regexp_replace(regexp_replace(normalize(p_reference, NFKC),
    '[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]', '', 'g'), '\s+', ' ', 'g')) COLLATE pg_unicode_fast), 'UTF8')), 'hex')
$$;

REVOKE ALL ON FUNCTION payment_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION payment_key TO avatar_api;
