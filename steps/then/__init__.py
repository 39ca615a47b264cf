"""The Then steps, one module for each kind of evidence: each a pure function of a run."""
