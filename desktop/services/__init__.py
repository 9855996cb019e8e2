"""What can be done with a shop: one module of plain functions for each feature."""
