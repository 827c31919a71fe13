DROP VIEW ledger_audit;
