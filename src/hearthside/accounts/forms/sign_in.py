"""allauth's forms in this house's words: signing in, passwords, passkeys, codes."""

from typing import Any

from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateFactorForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import SignupWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from hearthside.accounts.models import Person, sounds_like

AT_LEAST_TEN = _("At least ten characters. Three or four words in a row are easy to remember.")
SIX_DIGITS = _("Six digits from your app, or one of your spare codes.")


class SignInForm(LoginForm):  # type: ignore[misc]
    """Pseudonym and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], _("Your pseudonym"))
        _say(self.fields["password"], _("Password"))
        _say(
            self.fields["remember"],
            _("Keep me signed in on this device"),
            _("Better not on a shared one."),
        )

    def clean_login(self) -> str:
        """The name as its owner spells it, so that case and width do not matter.

        Every spelling of a name that nobody has counts as one name too, or the throttle would tell
        which names there are.
        """
        typed: str = super().clean_login()
        known = Person.objects.called(typed).first()
        return known.pseudonym if known else sounds_like(typed)


class ConfirmPasswordForm(ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], _("Password"))


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """The confirmed address that the way back is sent to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["email"], _("Your e-mail address"))


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, from a link in a letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_new_password(self)


class FirstPasswordForm(SetPasswordForm):  # type: ignore[misc]
    """A password for somebody who had none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_new_password(self)


class OtherPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """A new password in place of the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], _("Your present password"))
        _say_new_password(self)


class EmailForm(AddEmailForm):  # type: ignore[misc]
    """An address to write to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self.fields["email"],
            _("E-mail address"),
            _("We send a link there, to be sure it is yours."),
        )


class PasskeyForm(SignupWebAuthnForm):  # type: ignore[misc]
    """A new passkey, made by the browser; it always asks for a fingerprint, a face or a PIN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self.fields["name"],
            _("A name for this passkey"),
            _("So that you know it again, e.g. “my phone”."),
        )
        self.fields["credential"].error_messages["required"] = _(
            "No passkey came from your browser. Passkeys need JavaScript; a password works without."
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = {**super().clean(), "passwordless": True}
        return cleaned


class FactorForm(AuthenticateForm):  # type: ignore[misc]
    """Six digits of an app, or a spare code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("Code"), SIX_DIGITS)


class ConfirmFactorForm(ReauthenticateFactorForm):  # type: ignore[misc]
    """The same, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("Code"), SIX_DIGITS)


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first six digits of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("The six digits that your app shows"))


def _say_new_password(form: forms.Form) -> None:
    # Typed once: whoever mistypes it has a way back, and everybody else types half as much.
    form.fields.pop("password2", None)
    _say(form.fields["password1"], _("New password"), AT_LEAST_TEN)


def _say(field: forms.Field, label: StrPromise, hint: StrPromise | str = "") -> None:
    """Our label and hint; no placeholder, which would vanish while one types."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
