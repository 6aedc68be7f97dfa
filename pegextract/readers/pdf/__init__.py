"""PDFs: opening them, two engines that read their pages, and what decides which one is believed."""
