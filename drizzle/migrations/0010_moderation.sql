CREATE TABLE "image_checks" (
	"generation_id" uuid PRIMARY KEY NOT NULL,
	"outcome" text NOT NULL,
	"scores" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "image_checks_outcome" CHECK (outcome IN ('pass', 'review', 'block')),
	CONSTRAINT "image_checks_scores_shape" CHECK (jsonb_typeof(scores) = 'object' AND octet_length(scores::text) <= 1000)
);
--> statement-breakpoint
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind";--> statement-breakpoint
ALTER TABLE "avatars" ADD COLUMN "review" text DEFAULT 'clear' NOT NULL;--> statement-breakpoint
ALTER TABLE "image_checks" ADD CONSTRAINT "image_checks_generation_id_avatar_generations_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."avatar_generations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "avatars_review_queue" ON "avatars" USING btree ("created_at","id") WHERE review = 'needs_review';--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_review" CHECK (review IN ('clear', 'needs_review', 'approved'));--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK (kind IN ('avatar_completed', 'generation_failed', 'needs_review', 'avatar_rejected', 'webhook_disabled'));--> statement-breakpoint
-- The check's outcome is written before the avatar, so an avatar that needs review is never shown, not even for a moment.
CREATE FUNCTION review_new_avatar() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM image_checks c WHERE c.generation_id = NEW.generation_id AND c.outcome = 'review') THEN
    NEW.review := 'needs_review';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER avatars_review BEFORE INSERT ON avatars FOR EACH ROW EXECUTE FUNCTION review_new_avatar();
--> statement-breakpoint
CREATE FUNCTION queue_review_webhook() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM queue_webhook(NEW.account_id, 'avatar.' || NEW.review, NEW.generation_id, NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER avatars_review_webhook AFTER INSERT OR UPDATE OF review ON avatars FOR EACH ROW
  WHEN (NEW.review <> 'clear') EXECUTE FUNCTION queue_review_webhook();
--> statement-breakpoint
-- An avatar in review can't be seen yet, so its notification must not say that it is ready.
CREATE FUNCTION set_notification_kind() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM avatars v WHERE v.id = NEW.avatar_id AND v.review = 'needs_review') THEN
    NEW.kind := 'needs_review';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER notifications_review BEFORE INSERT ON notifications FOR EACH ROW
  WHEN (NEW.kind = 'avatar_completed') EXECUTE FUNCTION set_notification_kind();
--> statement-breakpoint
-- Updates the generation's row so that its version increases and open pages read it again.
CREATE FUNCTION approve_avatar(p_avatar uuid) RETURNS TABLE (outcome text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_row avatars%ROWTYPE;
BEGIN
  UPDATE avatars v SET review = 'approved', updated_at = now() WHERE v.id = p_avatar AND v.review = 'needs_review' RETURNING v.* INTO v_row;
  IF FOUND THEN
    UPDATE avatar_generations g SET stage = g.stage WHERE g.id = v_row.generation_id;
    INSERT INTO notifications (account_id, kind, generation_id, avatar_id)
      VALUES (v_row.account_id, 'avatar_completed', v_row.generation_id, p_avatar);
    RETURN QUERY SELECT 'approved';
    RETURN;
  END IF;
  RETURN QUERY SELECT CASE v.review WHEN 'approved' THEN 'replayed' ELSE 'not_waiting' END FROM avatars v WHERE v.id = p_avatar;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'unknown';
  END IF;
END $$;
--> statement-breakpoint
-- Deletes the avatar, refunds its credits and notifies the user, all or nothing. The transfer comes first, as in every ledger step.
CREATE FUNCTION reject_avatar(p_avatar uuid, p_reference text) RETURNS TABLE (outcome text, generation_id uuid, account_id uuid, amount bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE v_row avatars%ROWTYPE;
BEGIN
  SELECT v.* INTO v_row FROM avatars v WHERE v.id = p_avatar;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'gone', t.generation_id, t.account_id, r.amount FROM avatar_tombstones t
      LEFT JOIN credit_transfers r ON r.generation_id = t.generation_id AND r.kind = 'refund' WHERE t.avatar_id = p_avatar;
    IF NOT FOUND THEN
      RETURN QUERY SELECT 'unknown', NULL::uuid, NULL::uuid, NULL::bigint;
    END IF;
    RETURN;
  END IF;
  INSERT INTO credit_transfers (kind, account_id, amount, generation_id, parent_id, reference)
    SELECT 'refund', c.account_id, c.amount, c.generation_id, c.id, p_reference
      FROM credit_transfers c WHERE c.generation_id = v_row.generation_id AND c.kind = 'capture'
    ON CONFLICT DO NOTHING;
  DELETE FROM avatars v WHERE v.id = p_avatar;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'avatar % was deleted while it was being rejected', p_avatar USING ERRCODE = 'serialization_failure';
  END IF;
  UPDATE avatar_generations g SET stage = g.stage WHERE g.id = v_row.generation_id;
  INSERT INTO notifications (account_id, kind, generation_id) VALUES (v_row.account_id, 'avatar_rejected', v_row.generation_id);
  PERFORM queue_webhook(v_row.account_id, 'avatar.rejected', v_row.generation_id, p_avatar);
  RETURN QUERY SELECT 'rejected', v_row.generation_id, v_row.account_id, r.amount
    FROM credit_transfers r WHERE r.generation_id = v_row.generation_id AND r.kind = 'refund';
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION review_new_avatar(), queue_review_webhook(), set_notification_kind(), approve_avatar(uuid), reject_avatar(uuid, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION approve_avatar(uuid), reject_avatar(uuid, text) TO avatar_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON image_checks TO avatar_app;
