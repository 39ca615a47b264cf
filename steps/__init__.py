"""How a sentence becomes an action or an observation."""
