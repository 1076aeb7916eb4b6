"""What pages and actions read about groups, by noun."""
