package dev.kodo.api;

/**
 * An error as the API tells it.
 *
 * @param code stable code, see docs/errors.md
 * @param next what to do about it
 */
record ApiError(String code, String message, String next) {}
