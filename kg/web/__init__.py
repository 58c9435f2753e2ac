"""The served site: pages for people, a SPARQL endpoint for programs (the extra ``diplomacy-kg[web]``)."""
