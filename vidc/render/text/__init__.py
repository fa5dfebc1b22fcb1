"""text: words set in a box, in the scripts of FiraGO, left to right and right to left."""
