"""How much of what is printed is read right, measured on invented sheets in every rendering."""
