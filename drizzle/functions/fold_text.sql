-- A text as search compares it: without case, accents, width, punctuation and invisible characters. The same as `foldedText` in
-- domain/text, which folds what is searched for; a test compares the two for every code point.
CREATE OR REPLACE FUNCTION fold_text(p_text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT btrim(regexp_replace(regexp_replace(
    translate(replace(replace(replace(lower(upper(normalize(p_text, NFKD) COLLATE pg_unicode_fast) COLLATE pg_unicode_fast),
      'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'łøđðħŧŋς', 'loddhtnσ'),
    '[\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u0640\u064B-\u065F\u0670\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF\U000E0000-\U000E0FFF\u0027\u0060\u02B9-\u02BC\u02BE\u02BF\u2018-\u201B\u2032\u2035\u05F3]', '', 'g'),
    '[\u0009-\u000D\u0020\u0085\u1680\u2028\u2029!-#%-*,-/:;?@\u005B-\u005D_\u007B\u007D\u00A1\u00A7\u00AB\u00B6\u00B7\u00BB\u00BF\u2010-\u2027\u2030-\u205E\u3001-\u3003\u3008-\u3011\u3014-\u301F\u30FB\u037E\u0387\u055A-\u055F\u0589\u058A\u05BE\u05C0\u05C3\u05C6\u05F4\u060C\u061B\u061F\u066A-\u066D\u06D4\u0964\u0965\u0E4F\u0E5A\u0E5B\u104A-\u104F\u1361-\u1368]+', ' ', 'g'))
$$;

REVOKE ALL ON FUNCTION fold_text FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fold_text TO avatar_api;
