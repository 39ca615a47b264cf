"""What must be seen from outside, one module for each kind of evidence."""
