"""The gateway: sealed envelopes in and out of live rooms over WebSockets. docs/engines/wire.md is its protocol."""
