"""What a reporter must do: the requirements, in Gherkin."""
