"""EVALUATION. How well articles are read and their events merged, against facts marked by hand."""
