-- Workers note that a batch's workflow is stuck in its admission.
GRANT UPDATE (overdue_at) ON batches TO avatar_worker;
