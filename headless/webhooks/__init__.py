"""
Webhooks: tell other servers which pages changed, so that static front ends rebuild them.

Changes are recorded in the transaction that makes them (`outbox`), compared afterwards with what
readers see then (`deliveries`), and sent until they are received (`dispatch`, woken by `worker`).
"""
