"""The people: who a mark may stand for, finding actors by name, and verbs on actors."""

from annotator.core.people.filing import file_under, file_under_new, learn_alias
from annotator.core.people.names import PRONOUNS
from annotator.core.people.proposing import Proposal, propose

__all__ = ["PRONOUNS", "Proposal", "file_under", "file_under_new", "learn_alias", "propose"]
