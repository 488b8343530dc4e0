from assistant.web import strings


def test_a_single_thing_is_counted_as_one() -> None:
    assert strings.count("fr", "documents.found", 1, query="x").startswith("Un passage")
    assert strings.count("nl", "documents.found", 3, query="x").startswith("3 passages")
