"""What each post of a reader passes before it is judged and saved: limits, and a proof of work."""

from dataclasses import dataclass
from uuid import UUID

from headless.content.rate_limits import require_cache

from .networks import network_of
from .proof_of_work import Proof, Verdict, check_proof
from .rate_limits import OWN, SHARED, UNPROVED, Limits
from .refusals import WrongProof


@dataclass(frozen=True, slots=True)
class Sender:
    """Who posts: the visitor, None before the first act, and the address the request came from."""

    visitor: UUID | None
    address: str


@dataclass(frozen=True, slots=True)
class Admission:
    """A post that may be judged and saved; `proof` is None where none was asked for."""

    limits: Limits
    proof: Proof | None
    network: str

    @property
    def is_verified(self) -> bool:
        return self.proof is not None and self.proof.is_solved

    def spend(self) -> None:
        """
        Use up the proof and count the act; raise a `Refusal` if others were faster.

        To be called within the transaction that saves the post, when nothing else can refuse it:
        so nothing is used up by a post that is not saved.
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
    Judge an act by the sender's own limits, its proof of work and the limits that others share.

    In this order, so that junk without work uses up nobody's allowance. Without a proof, which is
    wrong only where it is required, the act counts against a narrow limit of its network instead.
    Nothing is counted before `Admission.spend`. Raises `FeedbackFull` or `WrongProof`.
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
    """Judge by the sender's own limits alone who changes what they have posted before."""
    network = network_of(address=sender.address)
    limits = Limits(act, network=network, visitor=sender.visitor)
    limits.check(*OWN)
    return Admission(limits, None, network)
