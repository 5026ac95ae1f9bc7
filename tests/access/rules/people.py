from tests.access import ANYBODY_SIGNED_IN, EVERYBODY, OK, Rule

# Who is signed in is sent on from the pages for signing in; a page about one's own account shows no
# other account's. What matters is that nobody gets in without an account where one is needed.
AT_THE_DOOR = dict.fromkeys(EVERYBODY, OK | {"login", 404, 429})
SIGNED_IN = ANYBODY_SIGNED_IN | dict.fromkeys(
    ("owner", "editor", "viewer", "stranger"), OK | {"login", 404}
)

RULES = {
    "settings": Rule(ANYBODY_SIGNED_IN),
    "account-delete": Rule(ANYBODY_SIGNED_IN),
    "set_language": Rule(EVERYBODY, method="post", data={"language": "de"}),
    **{
        name: Rule(AT_THE_DOOR)
        for name in (
            "account_confirm_login_code", "account_email_verification_sent", "account_inactive",
            "account_login", "account_logout", "account_reset_password",
            "account_reset_password_done", "account_reset_password_from_key_done",
            "account_signup",
        )
    },
    "account_confirm_email": Rule(AT_THE_DOOR, lambda world: {"key": "wrong"}),
    "account_reset_password_from_key": Rule(
        AT_THE_DOOR, lambda world: {"uidb36": "1", "key": "wrong"}
    ),
    "mfa_authenticate": Rule(AT_THE_DOOR | {"anonymous": OK | {"login"}}),
    **{
        name: Rule(SIGNED_IN)
        for name in (
            "account_change_password", "account_email", "account_reauthenticate",
            "account_set_password", "mfa_activate_totp", "mfa_deactivate_totp",
            "mfa_download_recovery_codes", "mfa_generate_recovery_codes", "mfa_index",
            "mfa_reauthenticate", "mfa_view_recovery_codes", "usersessions_list",
        )
    },
}  # fmt: skip
