"""The article view: a read-only text widget whose lines make room for the marks on them."""
