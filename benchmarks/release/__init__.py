"""``make dist``: both artefacts built, looked into, installed and run. Nothing is uploaded."""
