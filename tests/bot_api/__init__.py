"""A Bot API server for tests, over real HTTP, and the people who write to it.

Written from Telegram's published rules (core.telegram.org/bots/api), strict where they are: what Telegram
refuses is refused here, in its words. It agrees with Telegram only as far as it was written, so a bot must
follow the rules and not this server's habits.
"""

from bot_api.people import Group, Person
from bot_api.server import BotApi

__all__ = ["BotApi", "Group", "Person"]
