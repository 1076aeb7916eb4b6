"""What pages and actions read about meetings, by noun."""
