"""How allauth is told what this house does differently: words, mail, the second step, ways back."""

import logging
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hearthside.accounts import access
from hearthside.accounts.actions import ways_back
from hearthside.accounts.models import Person

logger = logging.getLogger(__name__)


# What allauth calls the links in its letters.
LINKS = ("activate_url", "password_reset_url", "signup_url")


class SecondStep(AuthenticateStage):  # type: ignore[misc]
    """Asks for the second proof from those, and only those, who owe one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        person = self.login.user
        if settings.DEMO or person is None or not access.second_step_due(person):
            return False
        return bool(super()._should_handle(request))


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts without a real name, and with an e-mail address only if the person wants one."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed at the moment."),
        "email_password_mismatch": _("That pseudonym and password do not fit together."),
        "enter_current_password": _("That is not your present password."),
        "incorrect_code": _("That did not work. Please try once more."),
        "incorrect_password": _("That is not your password."),
        "invalid_login": _("That pseudonym and password do not fit together."),
        "too_many_login_attempts": _("That was too many tries. Please wait five minutes."),
        "username_password_mismatch": _("That pseudonym and password do not fit together."),
    }

    def get_login_stages(self) -> list[str]:
        theirs = f"{AuthenticateStage.__module__}.{AuthenticateStage.__name__}"
        ours = f"{SecondStep.__module__}.{SecondStep.__name__}"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail that cannot be sent must not break the page: the page would then tell who has an account."""
        try:
            super().send_mail(template_prefix, email, _at_home(context))
        except OSError as error:
            # Its kind alone: what a mail server says often holds the address.
            logger.error("A letter about an account could not be sent: %s", type(error).__name__)  # noqa: TRY400

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        did_confirm = bool(super().confirm_email(request, email_address))
        ways_back.reconsider(person=email_address.user, now=timezone.now())
        return did_confirm

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """The person's own language follows them to a new device."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if user.language:
            access.remember_language(response, user.language)
        return response

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:  # noqa: ARG002
        return resolve_url("me" if self.request.user.is_authenticated else "account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return resolve_url("me")


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys and apps are labelled with the pseudonym, never with an e-mail address."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That did not work. Please try once more."),
    }

    def _get_user_identifier(self, user: Person) -> str:
        return user.pseudonym

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return (
            gettext("My passkey")
            if not count
            else gettext("Passkey {number}").format(number=count + 1)
        )


def _at_home(context: dict[str, Any]) -> dict[str, Any]:
    """With links that lead to the public address.

    Threat: whoever asks with a made-up Host header has the letter's link, with its key, lead elsewhere.
    """
    if not settings.BEHIND_TLS:
        return context
    links = {name: urlsplit(context[name]).path for name in LINKS if name in context}
    return {**context, **{name: settings.SITE_URL + path for name, path in links.items()}}
