DROP TRIGGER credit_transfers_append_only ON credit_transfers;
DROP FUNCTION forbid_change();
DROP TRIGGER "A_apply_transfer" ON credit_transfers;
DROP FUNCTION apply_transfer();
DROP FUNCTION ledger_clock();
ALTER TABLE accounts RESET (fillfactor);
