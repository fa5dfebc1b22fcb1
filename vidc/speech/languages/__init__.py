"""One module per fitted language: how its letters and numbers are said, and what each costs in time."""
