"""What is given to a build, sorted: nothing of the project folder itself is taken for something given."""

import os

from kg.intake import Tally, count, sort_out

PROSE = "Norway hosted talks between Sweden and Denmark in Oslo on Friday, officials said."
GERMAN = (
    "Die beiden Seiten teilten mit, dass sie sich am Montag in der Hauptstadt wieder treffen werden "
    "und dass der Entwurf nun vorliegt."
)


def sorted_out(folder, **more):
    tally = Tally()
    found = list(sort_out([str(folder)], tally, {}, "reader", **more))
    return tally, [article.id for article in found]


def test_what_is_off_about_files_of_the_project_is_passed_over(tmp_path):
    store = tmp_path / "kg-store"
    (store / "kb").mkdir(parents=True)
    for folder in (tmp_path, store / "kb"):
        (folder / "list.html").write_text(GERMAN)  # a page without tags is told of, then its language
    (tmp_path / "a.txt").write_text(PROSE)
    tally, read = sorted_out(tmp_path, store=store)
    outside = str(tmp_path / "list.html")
    assert [notice.source for notice in tally.warned] == [outside]
    assert [refusal.source for refusal in tally.refused] == [outside]
    assert (read, tally.new) == (["a"], ["a"])
    assert tally.files == {"a": os.path.relpath(tmp_path / "a.txt", store)}


def test_the_very_same_article_in_two_places_is_read_once(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(PROSE)
    tally, read = sorted_out(tmp_path)
    assert (read, tally.refused, tally.warned) == (["a"], [], [])
    assert tally.files == {"a": ""}


def test_articles_are_counted_where_each_file_is_one(tmp_path):
    for name in ("a.txt", "b.md", "c.html", "d.odd"):
        (tmp_path / name).touch()
    (tmp_path / "out.txt").symlink_to("/etc/hostname")
    assert count([str(tmp_path), str(tmp_path / "a.txt"), str(tmp_path / "none*.txt")]) == 4
    (tmp_path / "e.JSONL").touch()
    for sources in ([str(tmp_path)], ["-"], ["https://example.org/a"]):
        assert count(sources) is None
