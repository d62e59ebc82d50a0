"""Health, numbers, logs, backups and jobs: what an operator sees."""
