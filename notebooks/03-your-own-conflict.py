# %% [markdown]
# # Your own conflict
#
# This notebook goes all the way with articles of your own: collect them, build, see which names are unknown, say who
# they are, decide by hand where the rules get it wrong, measure, and publish.
#
# The conflict is invented, and so are Velmora, Ostrand and everybody in it: two states that quarrel about a dam.
#
# ## Collect
#
# One article, one file. Title, date and publisher stand between two lines of three dashes. Copied web pages (`.html`)
# and records (`.json`, `.jsonl`) are read as well.

# %%
from pathlib import Path

ARTICLES = {
    "2026-03-02-river-gazette": """\
---
title: Velmora and Ostrand to meet over the Ilva dam
date: 2026-03-02
publisher: River Gazette
---

GENEVA — Velmora and Ostrand will hold talks in Geneva on 9 March, the United Nations said on Monday.

Lena Marsk, the foreign minister of Velmora, will lead its delegation.

Tomas Reyl, the water minister of Ostrand, will head the Ostrandian team.

The Ilva Farmers' League said that it had not been invited. Its leader, Petra Olm, may meet Reyl next week.
""",
    "2026-03-10-northern-courier": """\
---
title: First round on the Ilva ends without result
date: 2026-03-10
publisher: Northern Courier
---

GENEVA — The talks between Velmora and Ostrand were held in Geneva on Monday, 9 March, and brought no result.

Lena Marsk led the delegation of Velmora and Tomas Reyl that of Ostrand.

Ingrid Sole, the United Nations envoy, mediated the talks.

Reyl demanded that Velmora open the dam by May. Marsk would not be drawn on a date.

A second round is planned for 6 April in Vienna.
""",
    "2026-03-11-river-gazette": """\
---
title: Ilva talks went well, says Ostrand
date: 2026-03-11
publisher: River Gazette
---

GENEVA — The talks between Velmora and Ostrand took place in Geneva on Tuesday, 10 March.

Dara Quill led the delegation of Velmora. Magdalena Marsk, the foreign minister, stayed at home.

Tomas Reyl, the water minister of Ostrand, said the two sides would meet again in Vienna in April.

Petra Olm, who leads the Ilva Farmers' League, refused to meet Reyl.
""",
}

folder = Path("ilva-articles")
folder.mkdir(exist_ok=True)
for name, text in ARTICLES.items():
    (folder / f"{name}.md").write_text(text, encoding="utf-8")

# %% [markdown]
# ## Build, and look before you trust

# %%
import kg

graph = kg.build(folder, store="ilva-store")
graph.timeline()

# %% [markdown]
# That is poor. Nobody has told the program what Velmora and Ostrand are, so it guesses from the sentence, and
# guesses differently in each. No round has two parties, and reports of one round stay apart. This is the usual first
# look at a conflict that the knowledge base does not cover.
#
# ## Who are these?
#
# The names that nothing known answers to, the most frequent first (`kg kb review` on the command line). *Ostrand*, a
# person?

# %%
graph.unknown_names()

# %% [markdown]
# Say what they are (`kg kb add`). The rows go into `kb/own.tsv` in the project folder, a table that you can also edit
# by hand. The articles are read again at once, from the texts that are kept.

# %%
graph.add_name("Velmora", type="state", aliases=["Velmoran"], source="desk notes")
graph.add_name("Ostrand", type="state", aliases=["Ostrandian"], source="desk notes")
graph.add_name("Ilva Farmers' League", type="group", source="desk notes")
graph.add_name("Lena Marsk", type="person", within="Velmora", source="desk notes")
graph.unknown_names()

# %% [markdown]
# *Magdalena Marsk* is the same minister; the Gazette writes her name in full. Two people are not taken for one because
# they share a surname, so that is for you to decide. Those who stay on the list are no problem: they are in the graph
# as persons of their own.

# %%
graph.decide_name("Magdalena Marsk", same_as="Lena Marsk", why="Lena is short for Magdalena")
graph.timeline()

# %% [markdown]
# Much better: two parties each, and the planned round is known to be the one that was held. But there are two rounds
# in Geneva, on the 9th and on the 10th.
#
# ## Merge, split, reject
#
# What each article tells of each event, and why reports were taken as one:

# %%
graph.reports()

# %% [markdown]
# There was one round in Geneva; the papers disagree about its day and about the head of a delegation. The rules did
# not dare to merge what differs in both. We know better:

# %%
geneva = "2026-03-10-northern-courier#talks@1", "2026-03-11-river-gazette#talks@1"
graph.merge(*geneva, why="there was only one round in March")
graph.conflicts()

# %% [markdown]
# One event now, and the disagreement shows. A merge repairs nothing: both accounts stay, as a contradiction.
#
# The other way round: the two reports of the round in Vienna were merged by rule. If you doubt that, split them.

# %%
vienna = [each.name for each in graph.reports() if "Vienna" in each.event]
graph.split(*vienna, why="the Gazette names no day")
[each.event for each in graph.reports() if "Vienna" in each.event]

# %% [markdown]
# Changed your mind? All decisions stand in `decisions.toml`, in the order you took them. Take one out and build again;
# no article is read for that.

# %%
decided = graph.folder / "decisions.toml"
text = decided.read_text(encoding="utf-8")
decided.write_text(text[: text.index("[[different]]")], encoding="utf-8")
graph.close()
graph = kg.build(folder, store="ilva-store")
[each.event for each in graph.reports() if "Vienna" in each.event]

# %% [markdown]
# **Reject** takes out a claim that should not be there, and all that follows from it. Say the Gazette has withdrawn
# its line about Dara Quill. `why` is for whoever reads the decisions later, often yourself.

# %%
[claim] = graph.claims(about="Dara Quill").where(lambda each: each.predicate == "dip:leads")
claim

# %%
graph.reject(claim, why="withdrawn by the Gazette on 12 March")
graph.conflicts()

# %%
graph.decisions()

# %% [markdown]
# `graph.correct(claim, subject=…, object=…, negated=…, modality=…)` puts a claim right that was read wrongly.
#
# ## How good is it?
#
# Mark by hand what a careful reader finds in a few of your texts, **before** you look at what the program found. One
# text a line; a fact is a property, a subject and an object, with its modality and whether it is denied. Here one
# article, marked in full:

# %%
import json


def fact(subject, relation, thing, modality="Actual"):
    return {"s": subject, "p": relation, "o": thing, "m": modality, "neg": False}


gold = {
    "id": "courier",
    "date": "2026-03-10",
    "text": ARTICLES["2026-03-10-northern-courier"].split("---\n")[-1].strip(),
    "facts": [
        fact("talks#1", "type", "Talks"),
        fact("talks#1", "status", "held"),
        fact("talks#1", "edtf", "2026-03-09"),
        fact("talks#1", "location", "Geneva"),
        fact("Velmora", "participatesIn", "talks#1"),
        fact("Ostrand", "participatesIn", "talks#1"),
        fact("Lena Marsk", "leads", "Velmora"),
        fact("Tomas Reyl", "leads", "Ostrand"),
        fact("Ingrid Sole", "mediates", "talks#1"),
        fact("Ingrid Sole", "holdsOffice", "Envoy of United Nations"),
        fact("Tomas Reyl", "takes", "Demand#1"),
        fact("Demand#1", "type", "Demand"),
        fact("Demand#1", "addressedTo", "Velmora"),
        fact("Lena Marsk", "takes", "Refusal#1"),
        fact("Refusal#1", "type", "Refusal"),
        fact("talks#2", "type", "Talks"),
        fact("talks#2", "status", "planned"),
        fact("talks#2", "edtf", "2026-04-06", "Expected"),
        fact("talks#2", "location", "Vienna", "Expected"),
    ],
}
Path("gold.jsonl").write_text(json.dumps(gold) + "\n", encoding="utf-8")
marks = graph.evaluate("gold.jsonl").to_pandas().set_index("figure")
marks.loc[["all", "roles", "days", "entities", "events-strict"]].dropna(axis="columns", how="all").round(2)

# %% [markdown]
# *Precision* is the share of what was read that you marked too; *recall* the share of what you marked that was read.
# What it missed here: "would not be drawn on a date" is a refusal to a human reader, and no frame covers it. One
# invented article is far too little to trust such figures, and its sentences are easy. On real articles expect less:
# about half of what is told is found.
#
# ## Publish
#
# A page for readers, Turtle for machines, tables for spreadsheets. All hold quoted sentences with their sources, and
# none holds the articles.

# %%
page = graph.page(title="The Ilva dam", height=560).save("ilva.html")
page

# %%
graph.export("ilva.ttl")
graph.claims().to_pandas().to_csv("ilva-claims.csv", index=False)
graph.timeline().to_pandas().to_csv("ilva-events.csv", index=False)
sorted(path.name for path in Path().glob("ilva*.*"))

# %% [markdown]
# Before you publish, read once more what rests on one source only:

# %%
graph.query("single-source-claims")

# %%
graph.close()
