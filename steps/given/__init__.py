"""The Given steps, one module for each part of the situation."""
