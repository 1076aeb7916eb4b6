"""The map of accounts."""

from django.urls import URLPattern, URLResolver, include, path

from hearthside.accounts.views import demo, keys, me, my_data, sign_up, way_back

# Ours come first: where an address is also allauth's, this house opens the door itself.
entrance: list[URLPattern | URLResolver] = [
    path("account/signup/", sign_up.sign_up, name="account_signup"),
    path("account/signup/passkey/", sign_up.sign_up_passkey, name="sign_up_passkey"),
    path("account/way-back/", way_back.way_back, name="way_back"),
    path("account/way-back/new/", way_back.way_back_new, name="way_back_new"),
    path("account/demo/", demo.demo_sign_in, name="demo_sign_in"),
    path("account/email/", keys.change_email, name="account_email"),
    path("account/2fa/totp/activate/", keys.activate_app, name="mfa_activate_totp"),
    path("account/2fa/webauthn/add/", keys.add_passkey, name="mfa_add_webauthn"),
    path("account/", include("allauth.urls")),
]

own: list[URLPattern | URLResolver] = [
    path("me/", me.me, name="me"),
    path("me/consents/", me.consents, name="consents"),
    path("me/consents/<slug:purpose>/", me.consent, name="consent"),
    path("me/consents/<slug:purpose>/end/", me.consent_end, name="consent_end"),
    path("me/recovery-codes/", way_back.recovery_codes, name="recovery_codes"),
    path("me/recovery-codes/saved/", way_back.recovery_codes_saved, name="recovery_codes_saved"),
    path("me/data/", my_data.my_data, name="my_data"),
    path("me/data/export/", my_data.my_data_export, name="my_data_export"),
    path("me/erase/", my_data.account_erase, name="account_erase"),
    path("goodbye/", my_data.goodbye, name="goodbye"),
]

urlpatterns = [*entrance, *own]
