"""The commands, by what they are for, and where each lives; nothing is imported before it is asked for."""

from collections.abc import Mapping

SECTIONS: Mapping[str, Mapping[str, str]] = {
    "Make a graph": {
        "build": "kg.commands.build:build",
        "explain": "kg.commands.explain:explain",
        "link": "kg.commands.link:link",
        "remove": "kg.commands.build:remove",
    },
    "Ask it": {
        "query": "kg.commands.query:query",
        "show": "kg.commands.show:show",
        "timeline": "kg.commands.timeline:timeline",
        "conflicts": "kg.commands.conflicts:conflicts",
        "diff": "kg.commands.diff:diff",
        "stats": "kg.commands.stats:stats",
    },
    "Take it elsewhere": {
        "graph": "kg.commands.page:graph",
        "serve": "kg.commands.serve:serve",
        "export": "kg.commands.export:export",
        "push": "kg.commands.push:push",
        "validate": "kg.commands.validate:validate",
    },
    "Behind it": {
        "kb": "kg.commands.kb:app",
        "reject": "kg.commands.decide:reject",
        "correct": "kg.commands.decide:correct",
        "decisions": "kg.commands.decide:decisions",
        "eval": "kg.commands.evaluate:evaluate",
        "cache": "kg.commands.cache:app",
        "config": "kg.commands.settings:config",
        "doctor": "kg.commands.doctor:doctor",
    },
}

COMMANDS = {name: place for section in SECTIONS.values() for name, place in section.items()}
"""``module:attribute`` by the name of the command."""
