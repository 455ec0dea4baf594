"""The team hub on PostgreSQL."""
