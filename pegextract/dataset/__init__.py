"""The dataset: the tables of docs/contract.md, from the list of their columns to the files that analysts load."""
