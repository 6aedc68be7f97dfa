"""From words and ruling lines on a page to rows of cells: grids, lines, tables without rules, and the running text."""
