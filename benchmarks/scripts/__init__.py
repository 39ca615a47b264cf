"""What is measured in a process of its own, some of it in the environment of ASH."""
