"""The served site: pages for people, data for programs. Needs the extra ``diplomacy-kg[web]``."""
