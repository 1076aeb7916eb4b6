"""The servers that ours is measured beside, one file each."""
