"""Log-in by OpenID Connect and LDAP, beside local accounts."""
