# %% [markdown]
# # Questions, data frames, plots, networks
#
# This notebook asks the graph of the sample corpus and works on with pandas, matplotlib and networkx. The thread
# that runs through it: **what was planned, what was denied and what was held are three things**, and a figure that
# mixes them is wrong.
#
# It builds on the project folder of the first notebook, or makes it where there is none.

# %%
from pathlib import Path

import kg

graph = kg.build(Path("../seeds/articles"), store="kg-store")
graph

# %% [markdown]
# ## Questions that have a name
#
# The package comes with questions that analysts ask. Each is a SPARQL file in `queries/`; some take a value.

# %%
kg.queries()[:10]

# %%
leaders = graph.query("who-led-which-delegation", place="Muscat")
leaders

# %% [markdown]
# `to_pandas()` and `to_polars()` give a data frame in which days are days and numbers are numbers; names and
# addresses are text. Three rows for one round: both accounts of who led the Iranian team are there (see the end).

# %%
frame = leaders.to_pandas()
frame.dtypes

# %% [markdown]
# ## Questions of your own
#
# Any SPARQL. The *view*, the plain triples, is enough for most questions: `?actor dip:participatesIn ?event`. Here:
# who took part in the most events that **were held**. Without the line about the status, planned and cancelled
# rounds would count as well. (`NaT` is a day that no source tells.)

# %%
active = graph.query("""
PREFIX dip: <https://w3id.org/diplomacy-kg/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?who (COUNT(DISTINCT ?event) AS ?events) (MIN(?day) AS ?first) (MAX(?day) AS ?last) WHERE {
  ?actor dip:participatesIn ?event ; rdfs:label ?who .
  ?event dip:status dip:StatusHeld . OPTIONAL { ?event dip:earliest ?day }
  FILTER NOT EXISTS { ?actor a dip:Delegation }
} GROUP BY ?actor ?who ORDER BY DESC(?events) ?who LIMIT 8
""").to_pandas()
active

# %% [markdown]
# ## Planned, denied, held
#
# Every claim says how its source commits itself: *Actual*, *Expected* ("will meet"), *Possible* ("may meet"),
# *Conditional* ("would meet if"), and whether it is **denied**.

# %%
import pandas as pd

claims = graph.claims().to_pandas()
pd.crosstab(claims["modality"], claims["negated"].map({True: "denied", False: "not denied"}))

# %% [markdown]
# What does it matter? Count who "takes part in" what: once over all claims, once over those that are told as fact
# and not denied, in events that were held or are under way.

# %%
events = graph.timeline().to_pandas()
came_about = set(events.loc[events["status"].isin(["held", "ongoing"]), "iri"])

parts = claims[claims["relation"] == "dip:participatesIn"]
as_fact = parts[(parts["modality"] == "Actual") & ~parts["negated"] & parts["object_iri"].isin(came_about)]
print(f"{len(parts)} claims of taking part, {len(as_fact)} of them told as fact of an event that came about")

# %% [markdown]
# The rest is not noise: it is the diplomacy that did not happen, or not yet. Denials, in the words of the sources:

# %%
graph.claims().where(lambda claim: claim.negated and claim.predicate == "dip:participatesIn")[:6]

# %% [markdown]
# ## A timeline
#
# Events since 2022. The **marker** tells the status, so that the picture can be read without colours; a grey bar spans
# the days between which an event may lie. Undated events are left out, and counted in the title.

# %%
from textwrap import shorten

import matplotlib.pyplot as plt

MARKERS = {"held": "o", "ongoing": ">", "planned": "s", "postponed": "X", "proposed": "D", "refused": "P"}

recent = graph.timeline(since="2022-01-01").to_pandas()
dated = recent.dropna(subset=["earliest"]).sort_values("earliest", ascending=False).reset_index(drop=True)
last = dated["latest"].fillna(dated["earliest"])  # some have begun, and no source says that they are over
undated = events["earliest"].isna().sum()

figure, axes = plt.subplots(figsize=(10, 0.3 * len(dated) + 1.2), layout="constrained")
axes.hlines(dated.index, dated["earliest"], last, color="0.7", linewidth=5)
for status, group in dated.groupby(dated["status"].fillna("none told")):
    axes.scatter(
        group["earliest"], group.index, marker=MARKERS.get(status, "_"), s=55, label=status, zorder=2
    )
axes.set_yticks(dated.index, [shorten(label, 62, placeholder=" …") for label in dated["event"]], fontsize=8)
axes.tick_params(axis="x", rotation=30, labelsize=8)
axes.grid(axis="x", alpha=0.3)
axes.legend(title="status", fontsize=8)
axes.set_title(f"{len(dated)} dated events since 2022 ({undated} of any year are undated)", fontsize=10)
plt.show()

# %% [markdown]
# A plot is also a good place to find errors of reading. Planned for a day that had long passed when the article
# appeared? Read the sentence: where the program took the wrong year, `graph.correct(claim, object="2023-06-12")` puts
# it right (the third notebook shows how decisions work).

# %%
days = claims[claims["relation"] == "dip:edtf"].merge(events, left_on="subject_iri", right_on="iri")
never_held = days["status"].isin(["planned", "postponed", "cancelled"])
long_past = days["latest"] < days["published"] - pd.Timedelta(days=60)
pd.set_option("display.max_colwidth", 160)
days.loc[never_held & long_past, ["claim", "object", "published", "status", "quote"]]

# %% [markdown]
# ## A network of mediators
#
# Who stood between whom? One line for each mediator and each party, only of talks that were held or are under way.
# The status is asked for in the query, so that it can be filtered on in the open.

# %%
ties = graph.query("""
PREFIX dip: <https://w3id.org/diplomacy-kg/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?mediator ?party ?event ?status WHERE {
  VALUES ?role { dip:mediates dip:brokers }
  ?m ?role ?e ; rdfs:label ?mediator .
  ?p dip:participatesIn ?e ; rdfs:label ?party .
  ?e rdfs:label ?event ; dip:status/rdfs:label ?status .
  FILTER NOT EXISTS { ?p a dip:Delegation }
} ORDER BY ?mediator ?party ?event
""").to_pandas()
ties["status"].value_counts()

# %%
import networkx as nx

held = ties[ties["status"].isin(["held", "ongoing"])]
network = nx.from_pandas_edgelist(held, "mediator", "party")
mediators = sorted(set(held["mediator"]))

between = nx.betweenness_centrality(network)
measures = pd.DataFrame(
    {
        "parties": [network.degree[name] for name in mediators],
        "betweenness": [between[name] for name in mediators],
    },
    index=pd.Index(mediators, name="mediator"),
).sort_values(["betweenness", "parties"], ascending=False)
measures.round(3)

# %% [markdown]
# *Parties* is the degree: with how many somebody mediated. *Betweenness* is the share of shortest paths between two
# others that lead through somebody: high for who connects parties that have no other link. **Communities** are
# groups with more lines within than between them; here they are simply the conflicts.

# %%
communities = nx.community.greedy_modularity_communities(network)
for number, members in enumerate(communities, 1):
    print(number, ", ".join(sorted(members)))

# %%
spots = {}
for at, members in enumerate(communities):  # each group in a place of its own
    spots |= nx.spring_layout(network.subgraph(members), seed=7, center=(3.7 * (at % 3), -2.8 * (at // 3)))
group_of = {name: at for at, members in enumerate(communities) for name in members}
parties = sorted(set(network) - set(mediators))

figure, axes = plt.subplots(figsize=(10, 6), layout="constrained")
nx.draw_networkx_edges(network, spots, ax=axes, edge_color="0.6")
for shape, names in (("s", mediators), ("o", parties)):
    colours = [plt.get_cmap("tab10")(group_of[name]) for name in names]
    nx.draw_networkx_nodes(
        network, spots, names, ax=axes, node_shape=shape, node_size=120, node_color=colours
    )
for name, (x, y) in spots.items():
    axes.annotate(name, (x, y), (0, 8), textcoords="offset points", ha="center", fontsize=8)
axes.set_title(
    "Mediators (squares) and parties (circles) of talks that were held or are under way", fontsize=10
)
axes.margins(0.12)
axes.set_axis_off()
plt.show()

# %% [markdown]
# Be careful with such figures. Forty-three articles are few; who is covered more looks more central; and a mediator
# whom no sentence names is not in the network at all.
#
# ## Disagreements, side by side
#
# Contradictions are for you to weigh. They stay in the graph; a data frame has one row for each pair.

# %%
graph.conflicts()

# %%
graph.conflicts().to_pandas()[["about", "one_says", "one_publisher", "other_says", "other_publisher"]]

# %% [markdown]
# ## On whose word?
#
# A claim that an article credits to somebody is that person's word, not the article's. Who is quoted most?

# %%
claims["speaker"].fillna("the article itself").value_counts().head(8)

# %% [markdown]
# With polars (`pip install polars`) it is the same, with the same types:

# %%
graph.timeline().to_polars().group_by("status").len().sort("len", "status", descending=[True, False])

# %%
graph.close()
