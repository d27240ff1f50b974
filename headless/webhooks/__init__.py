"""
Webhooks that notify other servers of changed pages, so that static front ends can rebuild them.

Changes are recorded in their own transaction (`outbox`), compared afterwards with what readers see
then and turned into messages (`deliveries`), and sent until they are received (`dispatch`).
"""
