"""Files and folders: read, written, checked before a run, and removed."""
