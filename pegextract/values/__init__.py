"""Values: one kind of printed value per file, each read by small pure functions that know grammar and nothing else.

`reading` holds what every parser returns; `text`, `dates`, `periods`, `numbers`, `codes`, `targets`, `persons` and
`organisations` read. What differs from form to form (vocabularies, abbreviations, code shapes) arrives as an argument.
"""
