DROP TABLE provider_switches;
DROP TABLE new_generations;
DROP TABLE admin_audit_outcomes;
DROP TABLE admin_audit;
