"""What a project may set of comments and ratings."""

from headless.conf import Setting


class FeedbackSettings:
    """Read as `conf.NAME`; set as `CIVIC_PORTAL_<NAME>`."""

    COMMENT_JUDGE = Setting(
        str,
        "feedback.comment_policy.judge",
        "Dotted path of the function that says what becomes of a new comment.",
    )
    COMMENT_VERIFICATION = Setting(
        str,
        "feedback.proof_of_work.check_work",
        "Dotted path of the function that judges the verification code of a reader.",
    )


conf = FeedbackSettings()
