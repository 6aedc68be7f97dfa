"""From a Document to Drafts: where sheets begin, which words print which field, and what is left over."""
