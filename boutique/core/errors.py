"""The one error whose words are meant for the counsellor; every layer raises it."""


class UserError(Exception):
    """str(error) is a French sentence that says what to do; anything else is a bug and is only logged."""


class Cancelled(Exception):  # noqa: N818 - not an error: the user asked for it
    """Raised by long work when the user pressed « Annuler »; nothing has been written."""
