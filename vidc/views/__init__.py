"""views: the timeline and the graph as text, data and pictures.

They see what `compile` made and change nothing. What comes from a spec is cleaned and escaped here.
"""
