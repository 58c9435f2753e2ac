"""The commands of the command line, a small module each; heavy things are imported inside the functions."""
