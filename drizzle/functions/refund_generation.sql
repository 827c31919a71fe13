-- Refunds the captured credits; the avatar and the status are unchanged.
CREATE OR REPLACE FUNCTION refund_generation(p_generation uuid, p_reference text)
RETURNS TABLE (outcome text, amount bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  INSERT INTO credit_transfers AS t (kind, account_id, amount, generation_id, parent_id, reference)
    SELECT 'refund', c.account_id, c.amount, c.generation_id, c.id, p_reference
      FROM credit_transfers c WHERE c.generation_id = p_generation AND c.kind = 'capture'
    ON CONFLICT DO NOTHING RETURNING 'refunded', t.amount INTO outcome, amount;
  IF NOT FOUND THEN
    SELECT 'replayed', t.amount INTO outcome, amount FROM credit_transfers t WHERE t.generation_id = p_generation AND t.kind = 'refund';
  END IF;
  IF NOT FOUND THEN
    outcome := 'nothing_to_refund';
  END IF;
  RETURN NEXT;
END $$;

REVOKE ALL ON FUNCTION refund_generation FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refund_generation TO avatar_api;
