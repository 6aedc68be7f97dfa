"""How well documents were read: expected records against what was made of them, and what confidence is worth."""
