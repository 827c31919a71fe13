DROP TABLE provider_switches;
DROP TABLE intake;
DROP TABLE admin_audit_outcomes;
DROP TABLE admin_audit;
