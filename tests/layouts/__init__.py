"""How layouts read a form: the choice of form, a second form from data alone, the word ledger."""
