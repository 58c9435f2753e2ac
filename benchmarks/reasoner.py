"""Ask HermiT about each N-Triples file that is named, and print what it says as JSON, a line for each.

Run by ``benchmarks/reason.py`` in a virtual environment of its own, which has owlready2 and nothing else.
"""

import json
import sys
import time

import owlready2


def answer(path: str) -> dict[str, object]:
    """Tell whether the file is consistent, which of its classes nothing can be in, and how long that took."""
    world = owlready2.World()
    world.get_ontology("urn:all").load(fileobj=open(path, "rb"), format="ntriples")  # noqa: SIM115, PTH123
    began = time.perf_counter()
    try:
        with world.get_ontology("urn:inferred"):
            owlready2.sync_reasoner_hermit(world, debug=0)
        consistent = True
    except owlready2.OwlReadyInconsistentOntologyError:
        consistent = False
    empty = sorted(each.iri for each in world.inconsistent_classes() if each is not owlready2.Nothing)
    seconds = round(time.perf_counter() - began, 1)
    return {"consistent": consistent, "empty": empty if consistent else [], "seconds": seconds}


for name in sys.argv[1:]:
    print(json.dumps(answer(name)), flush=True)
