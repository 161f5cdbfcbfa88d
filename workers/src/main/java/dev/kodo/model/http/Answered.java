package dev.kodo.model.http;

import org.jspecify.annotations.Nullable;

/**
 * A response with status 2xx that arrived whole, or up to the limit of its size.
 *
 * @param status HTTP status
 * @param broken why no more came of a stream whose beginning is here; null when it came to its end
 */
record Answered(int status, ResponseHead head, BoundedBody body, @Nullable OutcomeUnknown broken) {}
