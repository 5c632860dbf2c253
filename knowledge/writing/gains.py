"""Decide which questions gain from a model; for all others the answer made of quotes stands and nothing is sent.

kind                                        a model?  why
fact, duty, report, compare                 yes       the answer lies in sentences that have to be read and put together
hotline                                     no        the number, whose it is and whether it was verified: made by rules
section                                     no        the person wants the words of the section; they are shown whole
particulars, stamps, standing, outline,     no        number, date, signer, standing, list of sections: exact from the
about                                                 document's head and the register
cites, cited_by, cited, carries_out,        no        exact from the citations that were read out of the texts
carried_out_by
any, "in which document" or section         no        citations say just that, and a model may not name sources
which_place, unknown                        no        something is missing that only the person knows, or the library
overview, greeting, command                 no        they are about the bot itself
any, not found, on an everyday subject      no        `data/off_topic.toml` says that no document treats it
any that instructs an assistant             no        it is no question
a disclosure                                no        nothing of it leaves the machine; it never gets here
"""

from knowledge.instructions import instructs
from knowledge.understand import Kind
from knowledge.writing.quoted import Quoted

_KINDS: frozenset[Kind] = frozenset({"fact", "duty", "report", "compare"})
_SOURCES = frozenset({"where", "which_document"})


def gains(quoted: Quoted) -> bool:
    """Tell whether a model may do better than the quotes."""
    asked = quoted.asked
    wants_sources = not asked.flags.isdisjoint(_SOURCES)
    out_of_scope = quoted.answer.status == "not_found" and (bool(asked.off_topic) or not asked.subject)
    return asked.kind in _KINDS and not wants_sources and not out_of_scope and not instructs(quoted.question)
