"""Tags and filters for pages about groups."""
