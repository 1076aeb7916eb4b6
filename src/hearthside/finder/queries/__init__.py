"""What the finder reads: the vocabulary, the groups to choose from, and the answer to one search."""
