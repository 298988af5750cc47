"""Forms on screen: one editor for each kind of field, and the view that lays them out."""
