"""Groups read from the tables as the engine wants them: who they are for, when they meet, who is there."""
