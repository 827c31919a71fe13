DROP TABLE account_writes;
