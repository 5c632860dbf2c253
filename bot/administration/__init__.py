"""What administrators do from Telegram: send documents, look, try, publish, undo.

`entrance` lets in those who may; `commands` is the table of what they may type; `office` is what each handler gets.
"""
