"""Review: what a reader of a change wants to see: captions, differences, pictures of a spec."""
