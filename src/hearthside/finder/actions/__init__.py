"""What the finder writes: only for people with an account who ask for it, and for the programme."""
