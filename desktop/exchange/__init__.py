"""What goes in and out of a shop: one module for each format."""
