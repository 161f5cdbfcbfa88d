package dev.kodo.model.http;

/**
 * A response with status 2xx that arrived whole, or up to the limit of its size.
 *
 * @param status HTTP status
 */
record Answered(int status, ResponseHead head, BoundedBody body) {}
