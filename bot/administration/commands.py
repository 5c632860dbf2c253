"""Administrators' commands in one table: to add one, write a module with `handle` and add a row."""

from bot.administration import (
    added_questions,
    deeds,
    holdings,
    record_texts,
    removal,
    statistics,
    texts,
    unanswered,
    update,
)
from bot.administration.office import AdministratorsCommand

COMMANDS: tuple[AdministratorsCommand, ...] = (
    AdministratorsCommand("kho", texts.LIBRARY_DESCRIPTION, holdings.handle),
    AdministratorsCommand("capnhat", texts.UPDATE_DESCRIPTION, update.handle),
    AdministratorsCommand("xoavb", texts.REMOVE_DESCRIPTION, removal.handle),
    AdministratorsCommand("thongke", record_texts.STATISTICS_DESCRIPTION, statistics.handle),
    AdministratorsCommand("chuatraloi", record_texts.UNANSWERED_DESCRIPTION, unanswered.handle),
    AdministratorsCommand("themcauhoi", record_texts.ADDED_QUESTIONS_DESCRIPTION, added_questions.handle),
    AdministratorsCommand("nhatky", record_texts.DEEDS_DESCRIPTION, deeds.handle),
)
