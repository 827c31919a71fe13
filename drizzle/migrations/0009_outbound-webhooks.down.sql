DROP TRIGGER avatar_generations_webhook ON avatar_generations;
DROP FUNCTION queue_generation_webhook();
DROP FUNCTION queue_webhook(uuid, text, uuid, uuid);
DROP TABLE webhook_deliveries;
DROP TABLE webhooks;
DROP FUNCTION announce_webhook_delivery();
