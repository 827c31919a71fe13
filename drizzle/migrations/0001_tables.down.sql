DROP TABLE avatar_usage_history, uploads, stored_objects, avatar_presets, notifications, provider_attempts, provider_limits,
  avatar_tombstones, avatars, credit_transfers, avatar_generations, batches, avatar_projects, accounts;
