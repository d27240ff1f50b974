"""Verify the proof of work (ALTCHA) that makes posting in bulk expensive."""

from dataclasses import dataclass
from enum import Enum

from altcha_django.replay import ReplayProtector
from altcha_django.verifiers import get_verifier, run_verification
from django.utils.module_loading import import_string

from headless.conf import shared_cache_alias

from ..conf import conf
from .refusals import WrongProof

# A solved challenge has some 600 characters.
MAX_LENGTH = 4096


class Verdict(Enum):
    """The result of a verification."""

    SOLVED = "solved"
    MISSING = "missing"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Proof:
    """
    A verified proof of work, and what marks it as used.

    `token` identifies the challenge; "" if the verification has already marked it as used.
    `expires_at` is when the challenge expires, in seconds since 1970.
    """

    verdict: Verdict
    token: str = ""
    expires_at: int | None = None

    @property
    def is_solved(self) -> bool:
        return self.verdict == Verdict.SOLVED

    def claim(self) -> None:
        """Mark the proof as used (replay protection); raise `WrongProof` if it is already."""
        if not self.token:
            return
        first = _replays().register(
            self.token, expires_at=self.expires_at, scope=get_verifier().name
        )
        if not first:
            raise WrongProof


def check_proof(request, payload: str) -> Proof:
    """Verify a proof by the function that `CIVIC_PORTAL_COMMENT_VERIFICATION` names."""
    return import_string(conf.COMMENT_VERIFICATION)(request, payload)


def check_work(request, payload: str) -> Proof:
    """
    Verify a proof of work of ALTCHA; one that is expired or was used before is wrong.

    It is not marked as used: `Proof.claim` does that when nothing else can refuse the post.
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
    if not (result.verified and token) or _replays().seen(token, scope=get_verifier().name):
        return Proof(Verdict.WRONG)
    return Proof(Verdict.SOLVED, token, result.expires_at)


def _replays() -> ReplayProtector:
    return ReplayProtector(cache_alias=shared_cache_alias())
