"""The verification code: work that a reader's device does, so that posting in bulk costs."""

from enum import Enum

from altcha_django.verifiers import run_verification
from django.utils.module_loading import import_string

from .conf import conf

# A solved challenge has some 600 characters.
MAX_LENGTH = 4096


class Proof(Enum):
    """What came of a verification code."""

    SOLVED = "solved"
    MISSING = "missing"
    WRONG = "wrong"


def check_proof(request, payload: str) -> Proof:
    """Judges a reader's verification code as the project does (`CIVIC_PORTAL_COMMENT_VERIFICATION`)."""
    return import_string(conf.COMMENT_VERIFICATION)(request, payload)


def check_work(request, payload: str) -> Proof:
    """
    Judges a proof of work and uses it up; wrong is also one that was used before or came too late.
    """
    if not payload:
        return Proof.MISSING
    if len(payload) > MAX_LENGTH:
        return Proof.WRONG
    try:
        result = run_verification(payload, request=request)
    except RecursionError:
        # A thousand brackets are JSON, too.
        return Proof.WRONG
    return Proof.SOLVED if result.verified else Proof.WRONG
