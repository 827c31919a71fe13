REVOKE UPDATE (overdue_at) ON batches FROM avatar_worker;
