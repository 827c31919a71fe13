DROP FUNCTION report_refused_prompt(uuid, text);
