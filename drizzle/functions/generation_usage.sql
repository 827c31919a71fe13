-- Outcomes and costs of generations by the hour, with what is not rolled up yet: an hour may have several rows, which are to be added.
CREATE OR REPLACE VIEW generation_usage AS
  SELECT account_id, hour, project_id, provider, completed, failed, captured, refunded, cost_usd FROM generation_hours
  UNION ALL
  SELECT account_id, hour, project_id, provider, completed, failed, captured, refunded, cost_usd FROM generation_hour_changes;

REVOKE ALL ON generation_usage FROM PUBLIC;
GRANT SELECT ON generation_usage TO avatar_api;
