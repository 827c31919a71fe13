DROP FUNCTION strike_refused_words(uuid, text);
