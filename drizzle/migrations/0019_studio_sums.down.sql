DROP TABLE studio_generation_hours, studio_sums, studio_usage_changes, studio_usage_hours;
