"""The Then steps, one module for each kind of evidence."""
