"""Doors of allauth that this house opens a little differently: passkeys, apps, e-mail."""

from typing import Any

from allauth.account.views import EmailView
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from hearthside.accounts import access
from hearthside.accounts.actions import ways_back
from hearthside.accounts.forms.sign_in import PasskeyForm


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """Every key here is a passkey: it opens the account alone, and asks for a finger, a face or a PIN."""

    form_class = PasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        data: dict[str, Any] = super().get_context_data(**kwargs)
        options = webauthn.begin_registration(access.signed_in(self.request), passwordless=True)
        return {**data, "js_data": {"creation_options": options}}

    def form_valid(self, form: PasskeyForm) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        _has_just_proved(self.request, Authenticator.Type.WEBAUTHN)
        return answer


class ActivateApp(ActivateTOTPView):  # type: ignore[misc]
    """Setting up an app shows that one has it, so its code is not asked for again at once."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        _has_just_proved(self.request, Authenticator.Type.TOTP)
        return answer


class ChangeEmail(EmailView):  # type: ignore[misc]
    """Changing or removing the address changes which way back there is."""

    def _action_remove(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        answer: HttpResponse | None = super()._action_remove(request, *args, **kwargs)
        ways_back.reconsider(person=access.signed_in(request), now=timezone.now())
        return answer


def _has_just_proved(request: HttpRequest, kind: Authenticator.Type) -> None:
    key = access.newest_factor(access.signed_in(request), kind)
    if key is not None:
        post_authentication(request, key)


add_passkey = AddPasskey.as_view()
activate_app = ActivateApp.as_view()
change_email = ChangeEmail.as_view()
