"""Windows that ask for a few things at once. They are opened, never executed: the program goes on behind them."""
