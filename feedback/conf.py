"""What a project may set of comments and ratings."""

from typing import Literal

from headless.conf import Rate, Setting


class FeedbackSettings:
    """Read as `conf.NAME`; set as `CIVIC_PORTAL_<NAME>`."""

    COMMENT_JUDGE = Setting(
        str,
        "feedback.submission.comment_policy.judge",
        "Dotted path of the function that says what becomes of a new comment.",
    )
    COMMENT_VERIFICATION = Setting(
        str,
        "feedback.submission.proof_of_work.check_work",
        "Dotted path of the function that judges the verification code of a reader.",
    )

    READER_RATES = Setting(
        dict[
            Literal["comment", "rating", "report", "challenge"],
            dict[Literal["visitor", "network", "page", "unproved"], Rate],
        ],
        {},
        "Other limits of what readers do than ours, by act and whose limit it is: of a visitor, a "
        "network, a page, or a network without verification code; empty for none.",
    )


conf = FeedbackSettings()
