"""The parts of the window around the views: rail, top bar, stack of views."""
