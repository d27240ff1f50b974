from feedback.models import Comment
from feedback.submission.comment_policy import Post, judge
from feedback.submission.proof_of_work import Proof, Verdict, check_work


def patient_judge(post: Post) -> Comment.Status:
    """Very short comments wait; the portal judges the others."""
    if len(post.body.split()) < 3:
        return Comment.Status.PENDING
    return judge(post)


def known_or_working(request, payload: str) -> Proof:
    """Terminals in the town hall need no verification code; everybody else works for it."""
    if request.META["REMOTE_ADDR"] == "192.0.2.10":
        return Proof(Verdict.SOLVED)
    return check_work(request, payload)
