"""Check rate limits and proof of work of a reader's post, before it is judged and saved."""

from dataclasses import dataclass
from uuid import UUID

from headless.content.requests.rate_limits import require_cache

from .networks import network_of
from .proof_of_work import Proof, Verdict, check_proof
from .rate_limits import OWN, SHARED, UNPROVED, Limits
from .refusals import WrongProof


@dataclass(frozen=True, slots=True)
class Sender:
    """The sender of a post: visitor id (None before the first post) and IP address."""

    visitor: UUID | None
    address: str


@dataclass(frozen=True, slots=True)
class Admission:
    """A post that passed all checks; `proof` is None if none is needed."""

    limits: Limits
    proof: Proof | None
    network: str

    @property
    def is_verified(self) -> bool:
        return self.proof is not None and self.proof.is_solved

    def spend(self) -> None:
        """
        Use up the proof of work and count the post; raise a `Refusal` if others were faster.

        Call it in the transaction that saves the post, when nothing else can refuse it, so that a
        refused post uses up nothing.
        """
        if self.proof is None:
            self.limits.count(*OWN)
            return
        self.proof.claim()
        self.limits.count(*OWN, *(SHARED if self.is_verified else UNPROVED))


def admit(
    request, act: str, *, page_id: int, sender: Sender, payload: str, proof_required: bool
) -> Admission:
    """
    Check the sender's own rate limits, the proof of work, and the rate limits that others share.

    In this order, so that posts without proof of work use up no shared limit. A post without a
    proof, where none is required, counts against a lower limit of its network instead. Nothing is
    counted before `Admission.spend`. Raises `LimitReached` or `WrongProof`.
    """
    require_cache()
    network = network_of(address=sender.address)
    limits = Limits(act, network=network, visitor=sender.visitor, page=page_id)
    limits.check(*OWN)
    proof = check_proof(request, payload)
    if proof.verdict == Verdict.WRONG or (proof_required and not proof.is_solved):
        raise WrongProof
    limits.check(*(SHARED if proof.is_solved else UNPROVED))
    return Admission(limits, proof, network)


def admit_change(act: str, *, sender: Sender) -> Admission:
    """Check only the sender's own rate limits, for a change of an earlier post."""
    network = network_of(address=sender.address)
    limits = Limits(act, network=network, visitor=sender.visitor)
    limits.check(*OWN)
    return Admission(limits, None, network)
