"""Settings of the app `feedback`."""

from typing import Literal

from headless.conf import Rate, Setting


class FeedbackSettings:
    """Settings read as `conf.NAME` and set as `CIVIC_PORTAL_<NAME>`."""

    COMMENT_JUDGE = Setting(
        str,
        "feedback.submission.comment_policy.judge",
        "Dotted path of the function that returns the status of a new comment.",
    )
    COMMENT_VERIFICATION = Setting(
        str,
        "feedback.submission.proof_of_work.check_work",
        "Dotted path of the function that verifies a reader's proof of work.",
    )

    READER_RATES = Setting(
        dict[
            Literal["comment", "rating", "report", "challenge"],
            dict[Literal["visitor", "network", "page", "unproved"], Rate],
        ],
        {},
        "Rate limits that replace the defaults, by act and scope: a visitor, a network, a page, or "
        "posts of a network without proof of work (unproved); empty for no limit.",
    )


conf = FeedbackSettings()
