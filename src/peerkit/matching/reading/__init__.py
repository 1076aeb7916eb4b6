"""Reading a person's own words: experiences, refusals, times, places, languages."""
