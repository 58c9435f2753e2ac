# %% [markdown]
# # From articles to a graph to a page
#
# This notebook reads the 43 sample articles of this repository into a knowledge graph, looks at what was found,
# follows one fact back to its sentence, shows the graph as an interactive page and writes it as Turtle.
#
# It needs a checkout of the repository and `pip install -e '.[notebooks]'`. Nothing is fetched and nothing is sent
# anywhere. The first build takes some seconds, nearly all of it for the language model.

# %%
from pathlib import Path
from textwrap import fill

import kg

articles = Path("../seeds/articles")
graph = kg.build(articles, store="kg-store")
graph

# %% [markdown]
# `kg-store` is the **project folder**: the articles as they were read, what you decide by hand, and the graph. Run
# the cell again and nothing is read a second time; add an article to the folder and only that one is read.
#
# An article that could not be read would be listed here with the reason. Nothing is left out in silence.
#
# ## What an article looks like
#
# A text with a title, a date and a publisher in its first lines. The date matters: without it, nobody can say which
# day "Saturday" was.

# %%
brief = (articles / "2025-05-12-muscat-fourth-round-brief.md").read_text(encoding="utf-8")
head, body = brief.removeprefix("---\n").split("---\n")
print(head)
print(fill(body.strip()[:590], width=110), "…")

# %% [markdown]
# ## What was found
#
# Events in the order of their days, here those in which Iran has a part. Look at **status**. The round in Rome is
# *planned*: one article tells that it was postponed, a later one that it is still on, and none that it was held. The
# status is that of the latest report.

# %%
graph.timeline(actor="Iran")

# %% [markdown]
# ## One person, with the evidence
#
# Every fact has the sentence it stands on. *Told as fact* means that the article says so itself; *inferred* means
# that no article says it, and a rule concludes it (who leads a delegation takes part where it does).

# %%
graph.entity("Majid Takht-Ravanchi")

# %% [markdown]
# The smallest unit is the **claim**: one article says one thing. It knows where in the text it stands, so you can
# check it, to the letter.

# %%
claim = graph.claims(about="Majid Takht-Ravanchi")[0]
claim

# %%
passage = claim.passages[0]
brief[passage.begin : passage.end] == passage.quote

# %% [markdown]
# **Confidence** is how sure the program is that it has understood the sentence. It says nothing about whether the
# sentence is true.
#
# ## Where the sources disagree
#
# Two articles on the same round give two days, and two heads of the Iranian team. The graph keeps both accounts and
# marks them. Which is right, it cannot know; you can, since the sentences are there. (Here the brief is the one that
# errs: its day and its head of the team were invented for this sample, as its first lines say.)

# %%
graph.conflicts()

# %% [markdown]
# ## The graph as a page
#
# The same page as `kg graph`, in a frame. Click a node or a line for the sentences behind it; filter by class,
# status and date; switch between the graph, the timeline and the table. It works without a network.
#
# The page is kept in the output of the cell, some two megabytes. Some viewers (GitHub among them) do not show
# frames; then save it and open the file in a browser.

# %%
page = graph.page(title="The sample corpus", height=620)
page

# %%
page.save("graph.html").path

# %% [markdown]
# ## Taking it elsewhere
#
# Turtle is a text format that every RDF tool reads. Other endings give other formats: `.nt`, `.jsonld`, `.rdf`,
# `.csv`, `.graphml`. The texts of the articles are never exported, only the quoted sentences.

# %%
graph.export("graph.ttl")

# %%
turtle = Path("graph.ttl").read_text(encoding="utf-8")
start = turtle.index(f"claim:{claim.id} ")
print(turtle[start : turtle.index("\n\n", start)])

# %% [markdown]
# ## What to keep in mind
#
# - The graph says what sources **report**. A claim in it is not a fact of the world.
# - The reader **misses** much: of articles that nobody had mended for, it found about half of what is told, and nine
#   in ten facts that it read were right (the README and `tests/gold` say how that was measured). A thing that is not in
#   the graph may well be in the article.
# - The 43 articles are our own writing after real events. Do not cite them.
#
# Next: [02, questions and data frames](02-sparql-to-data-frames.ipynb) and
# [03, your own conflict](03-your-own-conflict.ipynb).

# %%
graph.close()
