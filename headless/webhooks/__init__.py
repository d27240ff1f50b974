"""
Webhooks: tell other servers which pages changed, so that static front ends build them anew.

What changes is noted in the transaction that changes it (`changes`), compared afterwards with what
readers see then (`events`), and sent from a table of deliveries until it is received (`sending`).
"""
