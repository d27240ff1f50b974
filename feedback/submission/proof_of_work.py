"""The verification code: work that a reader's device does, so that posting in bulk costs."""

from dataclasses import dataclass
from enum import Enum

from altcha_django.replay import ReplayProtector
from altcha_django.verifiers import get_verifier, run_verification
from django.utils.module_loading import import_string

from ..conf import conf
from .refusals import WrongProof

# A solved challenge has some 600 characters.
MAX_LENGTH = 4096


class Verdict(Enum):
    """What a verification code is worth."""

    SOLVED = "solved"
    MISSING = "missing"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Proof:
    """
    A verification code that was judged, and what it is used up by.

    `token` names the challenge for good; "" is a code that the verification has used up itself.
    `expires_at`, in seconds since 1970, is when the challenge ends anyway.
    """

    verdict: Verdict
    token: str = ""
    expires_at: int | None = None

    @property
    def is_solved(self) -> bool:
        return self.verdict == Verdict.SOLVED

    def claim(self) -> None:
        """Use the code up; raise `WrongProof` if another post was faster."""
        if not self.token:
            return
        first = ReplayProtector().register(
            self.token, expires_at=self.expires_at, scope=get_verifier().name
        )
        if not first:
            raise WrongProof


def check_proof(request, payload: str) -> Proof:
    """Judge a reader's verification code as the project does (`CIVIC_PORTAL_COMMENT_VERIFICATION`)."""
    return import_string(conf.COMMENT_VERIFICATION)(request, payload)


def check_work(request, payload: str) -> Proof:
    """
    Judge a proof of work; wrong is also one that was used before or came too late.

    It is not used up by that: `Proof.claim` does so when nothing else can refuse the post.
    """
    if not payload:
        return Proof(Verdict.MISSING)
    if len(payload) > MAX_LENGTH:
        return Proof(Verdict.WRONG)
    try:
        result = run_verification(payload, request=request, replay=False)
    except RecursionError:
        # A thousand brackets are JSON, too.
        return Proof(Verdict.WRONG)
    token = result.replay_id
    if not (result.verified and token) or ReplayProtector().seen(token, scope=get_verifier().name):
        return Proof(Verdict.WRONG)
    return Proof(Verdict.SOLVED, token, result.expires_at)
